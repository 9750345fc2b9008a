import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { MOVES } from '../../cloudfunctions/pay/src/order'
import { project } from '../support/project'

/* settle.ts is the only place where a fact about money changes an order. */

const SOURCES = readdirSync(project.cloudfunctionRoot, { recursive: true, encoding: 'utf8' })
  .map((file) => file.split(path.sep).join('/'))
  .filter((file) => /^[\w-]+\/src\/.*\.ts$/.test(file))
  .map((file) => ({
    file,
    text: readFileSync(path.join(project.cloudfunctionRoot, file), 'utf8'),
  }))

const filesWith = (pattern: RegExp) =>
  SOURCES.filter(({ text }) => pattern.test(text)).map(({ file }) => file)

/** The only move that is a request, not a fact. */
const REQUEST = 'startRefund'

test.each(Object.keys(MOVES).filter((name) => name !== REQUEST))(
  'only settle.ts makes the move %s',
  (name) => {
    expect(filesWith(new RegExp(`\\bmove\\('${name}'`))).toEqual(['pay/src/settle.ts'])
  },
)

// The checker of the safety tests recognizes settling writes by these names.
test('only the writes of settle.ts have step names that begin with settle', () => {
  expect(filesWith(/\bchange\([^)]*'settle[\w ]*'/)).toEqual(['pay/src/settle.ts'])
})
