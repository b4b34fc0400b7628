/** What `vrrp-run --help` teaches beside the list of options. */

export const runHelp = `
Running a host's file:
  vrrp-run --check -f host-a.conf     would it run here, and what would it do
  vrrp-run --dry-run -f host-a.conf   the same, with every command for ip
  vrrp-run -f host-a.conf             run it until Ctrl-C or SIGTERM
  vrrp-run status                     what the running one does at this moment
It sends adverts, adds and removes addresses, and runs scripts as keepalived's
VRRP part does, and stands beside keepalived on other hosts. A file with errors
is refused; they are those that vrrp-lint shows. It needs the capabilities
NET_ADMIN and NET_RAW, and not two of them run on one host.

Signals:
  TERM, INT   say to the others that it goes, take every address away, end
  HUP         read the file anew; what has not changed is not touched, and with
              errors in the new file all goes on as before
  USR1, USR2  write the state, or the statistics, to the log and to the run
              directory

Playing files in virtual time:
  vrrp-run --simulate a.conf b.conf                          who becomes master
  vrrp-run --simulate a.conf b.conf --fault '5s kill a'      what a crash does
  vrrp-run --simulate web1=a.conf web2=b.conf \\
    --fault '9s cut web1 web2' --fault '30s heal'          two masters, then one
  vrrp-run --simulate a.conf b.conf --format html > a.html   a picture of it

Faults, each with its time:
  kill HOST                        the host loses its power, and its addresses
  kill-daemon HOST                 keepalived is killed, as by kill -9: nobody
                                   takes its addresses off the host
  stop HOST, start HOST            keepalived is stopped properly, or started;
                                   a host whose first fault is start is off
                                   until then
  stall HOST TIME                  keepalived stands still for so long
  cut HOST HOST                    the two do not hear each other
  cut-one-way HOST HOST            the second does not hear the first
  isolate HOST                     nobody hears the host, and it hears nobody
  loss PERCENT                     so many adverts are lost, by chance
  delay TIME                       every advert travels so long
  heal                             cut, cut-one-way, isolate, loss and delay are
                                   over
  link-down, link-up HOST IFACE    the interface loses or gets its link
  fail, pass HOST TRACKER          what a tracked script looks at fails or works
A host's name is its file name without .conf, or NAME of NAME=FILE.

Exit code: 0 stopped as asked, checked without errors, or played; 1 the file has
errors, the host refuses something, or another one runs; 2 wrong call or a file
that cannot be read. What is not carried out or not played is said.
`;
