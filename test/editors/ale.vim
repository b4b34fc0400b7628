" Opens $FIRST in Vim with the configuration of the README and writes what ALE shows to $SEEN, as JSON.
execute 'edit' $FIRST
doautocmd VimEnter
call ale#Queue(0)
let s:tries = 0
while s:tries < 600 && empty(getloclist(0))
  sleep 50m
  let s:tries += 1
endwhile
call writefile([json_encode({'filetype': &filetype, 'found': map(getloclist(0), 'v:val.text')})], $SEEN)
qall!
