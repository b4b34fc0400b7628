/** The command keepalived-language-server: its name is taken, its work is not there yet. */
process.stderr.write("keepalived-language-server: not there yet in this version; vrrp-lint works.\n");
process.exitCode = 2;
