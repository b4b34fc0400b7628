/** The driver in a worker of a browser: results go to the console of the page; pictures are taken elsewhere. */
const { runChecks } = require("./run.cjs");

exports.activate = async () => {
  const results = await runChecks(async () => false);
  console.log(`DRIVER ${JSON.stringify(results)} END`);
};
