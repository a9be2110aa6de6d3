// A peer behind a line protocol: reads "n" on stdin, makes n documents, answers with the milliseconds: of the processor, by the clock.
const fs = require("fs"), path = require("path"), readline = require("readline");
const [kind, folder, modules] = process.argv.slice(2);
const need = (name) => require(path.join(modules, name));
const words = JSON.parse(fs.readFileSync(path.join(folder, "words.json"), "utf8"));
const out = path.join(folder, kind + ".docx");
let make;
if (kind === "docxtemplater") {
  const Zip = need("pizzip"), Doc = need("docxtemplater");
  const template = fs.readFileSync(path.join(folder, "docxtemplater-template.docx"));
  make = async () => {
    const doc = new Doc(new Zip(template));
    doc.render(words);
    fs.writeFileSync(out, doc.getZip().generate({ type: "nodebuffer", compression: "DEFLATE" }));
  };
} else {
  const carbone = need("carbone");
  make = () => new Promise((done, failed) =>
    carbone.render(path.join(folder, "carbone-template.docx"), words, (error, made) => {
      if (error) return failed(error);
      fs.writeFileSync(out, made);
      done();
    }));
}
(async () => {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const start = process.hrtime.bigint(), before = process.cpuUsage();
    for (let i = 0; i < Number(line); i++) await make();
    const spent = process.cpuUsage(before);
    console.log(JSON.stringify([(spent.user + spent.system) / 1e3, Number(process.hrtime.bigint() - start) / 1e6]));
  }
  process.exit(0);
})();
