/* python3.dll: its exports are forwarded to python311.dll by forwarder.def, which set_up.py writes from that file. */
int DllMainCRTStartup(void *self, unsigned reason, void *reserved) { return 1; }
