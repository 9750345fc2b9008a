import { readFileSync } from 'node:fs'
import path from 'node:path'
import { runInNewContext } from 'node:vm'
import { STATUS } from '../../../miniprogram/services/status'

/** Runs a WXS file that has no imports, and returns its exports. */
function evaluateWxs(file: string): unknown {
  const code = readFileSync(path.resolve(__dirname, '../../../miniprogram', file), 'utf8')
  const module = { exports: {} }
  runInNewContext(code, { module })
  return module.exports
}

test('the templates and the pages use the same order statuses', () => {
  expect(evaluateWxs('utils/status.wxs')).toEqual(STATUS)
})
