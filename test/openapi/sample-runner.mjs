// Runs samples one after the other in one process, since most of the time of a short program is its start. Each message
// is the URL of a module; the answer is what the module printed until it was done, or what it threw.
let printed = "";
process.stdout.write = (text) => {
  printed += text;
  return true;
};

process.on("message", async (url) => {
  printed = "";
  try {
    await import(url);
    process.send({ printed });
  } catch (error) {
    process.send({ error: String(error?.stack ?? error) });
  }
});
