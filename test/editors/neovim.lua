-- Does in Neovim what a user does, and writes what it saw to $SEEN as JSON.
local seen = {}
local function finish(code)
  local file = io.open(vim.env.SEEN, 'w')
  file:write(vim.json.encode(seen))
  file:close()
  for _, client in pairs(vim.lsp.get_active_clients()) do client.stop(true) end
  vim.cmd(code == 0 and 'qall!' or 'cquit')
end

local function wait(what, condition)
  assert(vim.wait(30000, condition, 20), what)
end

local function buffer_of(name)
  return vim.fn.bufnr(vim.fn.fnamemodify(name, ':p'))
end

local function lines(buffer)
  return table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), '\n') .. '\n'
end

local function diagnostics(buffer)
  local result = {}
  for _, each in ipairs(vim.diagnostic.get(buffer)) do
    table.insert(result, { each.lnum, each.col, each.severity, each.message })
  end
  return result
end

local ok, problem = xpcall(function()
  vim.cmd('edit ' .. vim.env.FIRST)
  local buffer = vim.api.nvim_get_current_buf()
  seen.filetype = vim.bo.filetype
  wait('no client', function() return #vim.lsp.buf_get_clients(buffer) > 0 or next(vim.lsp.buf_get_clients(buffer)) end)
  wait('no diagnostics', function() return #vim.diagnostic.get(buffer) > 0 end)
  seen.first = diagnostics(buffer)
  local function says(text)
    for _, each in ipairs(vim.diagnostic.get(buffer)) do
      if each.message:find(text, 1, true) then return true end
    end
    return false
  end

  -- Another program changes the peer's file, which is not open here.
  local peer = io.open(vim.env.SECOND):read('*a')
  local function put(text)
    local file = io.open(vim.env.SECOND, 'w')
    file:write(text)
    file:close()
  end
  put((peer:gsub('virtual_router_id 1\n', 'virtual_router_id 55\n')))
  wait('the change on disk is not seen', function() return says('virtual_router_id is 1 here but 55') end)
  put(peer)
  wait('the change back is not seen', function() return not says('virtual_router_id is 1 here but 55') end)

  local _, client = next(vim.lsp.buf_get_clients(buffer))
  local document = vim.lsp.util.make_text_document_params(buffer)
  local function request(method, more)
    local answer = client.request_sync(method, vim.tbl_extend('force', { textDocument = document }, more), 10000, buffer)
    assert(answer and not answer.err, method .. vim.inspect(answer))
    return answer.result
  end
  local function place_of(text)
    for index, line in ipairs(vim.api.nvim_buf_get_lines(buffer, 0, -1, false)) do
      local at = line:find(text, 1, true)
      if at then return { line = index - 1, character = at } end
    end
    error(text .. ' is not there')
  end

  seen.hover = request('textDocument/hover', { position = place_of('priority') })
  vim.api.nvim_buf_set_lines(buffer, 0, 0, false, { 'vrrp_instance new {', '    vir', '}' })
  seen.completion = request('textDocument/completion', { position = { line = 1, character = 7 } })
  vim.api.nvim_buf_set_lines(buffer, 0, 3, false, {})

  local edit = request('textDocument/rename', { position = place_of(vim.env.OLD), newName = 'renamed-here' })
  vim.lsp.util.apply_workspace_edit(edit, client.offset_encoding)
  seen.renamed = { lines(buffer), lines(buffer_of(vim.env.SECOND)) }

  -- A mistake whose mend is in both files.
  local place = place_of('virtual_router_id')
  vim.api.nvim_buf_set_lines(buffer, place.line, place.line + 1, false, { '    virtual_router_id 77' })
  local function mismatch() return says('virtual_router_id is 77') end
  wait('no mismatch', mismatch)
  local range = { start = { line = place.line, character = 22 }, ['end'] = { line = place.line, character = 22 } }
  local actions = request('textDocument/codeAction', { range = range, context = { diagnostics = {} } })
  seen.actions = vim.tbl_map(function(action) return action.title end, actions)
  for _, action in ipairs(actions) do
    if action.title:find('virtual_router_id 77', 1, true) then
      vim.lsp.util.apply_workspace_edit(action.edit, client.offset_encoding)
      break
    end
  end
  wait('the mismatch stays', function() return not mismatch() end)
  seen.mended = { lines(buffer), lines(buffer_of(vim.env.SECOND)) }

  -- Many small edits, sent piece by piece as Neovim does.
  math.randomseed(tonumber(vim.env.SEED))
  local words = { 'x', '{', '}', '"', '#', ' ', 'priority 9', '@id ', '$A=1', '10.0.0.1/24' }
  for _ = 1, 500 do
    local count = vim.api.nvim_buf_line_count(buffer)
    local row = math.random(0, count - 1)
    local line = vim.api.nvim_buf_get_lines(buffer, row, row + 1, false)[1]
    -- Offsets between characters, of which some have several bytes.
    local first = math.random(0, vim.fn.strchars(line))
    local from = vim.fn.byteidx(line, first)
    local to = vim.fn.byteidx(line, math.min(vim.fn.strchars(line), first + math.random(0, 3)))
    local dice = math.random(1, 10)
    if dice == 1 and count > 10 then vim.api.nvim_buf_set_lines(buffer, row, row + 1, false, {})
    elseif dice == 2 then vim.api.nvim_buf_set_text(buffer, row, from, row, from, { '', '' })
    else vim.api.nvim_buf_set_text(buffer, row, from, row, to, { words[math.random(1, #words)] }) end
  end
  seen.edited = lines(buffer)
  -- The last edit makes a finding that nothing before had, so it is known when everything has arrived.
  vim.api.nvim_buf_set_lines(buffer, 0, 0, false, { 'last_of_all 1' })
  wait('the last edit did not arrive', function() return says('last_of_all') end)
  seen.last = lines(buffer)
  seen.diagnostics = diagnostics(buffer)
  seen.peer = lines(buffer_of(vim.env.SECOND))
end, debug.traceback)
if not ok then seen.problem = problem end
finish(ok and 0 or 1)
