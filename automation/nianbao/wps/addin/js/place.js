// @ts-check
// Written anew by `nianbao addin install --wps`.
/** @type {Place} */
const PLACE = {"address": "", "program": "", "arguments": "", "doctor": ""};
