/** Where the lab's mail server is, beside this file. */
import { fileURLToPath } from "node:url";

/** A program for Node; see there how it is called. */
export const mailServer = fileURLToPath(new URL("./mail-server.mjs", import.meta.url));
