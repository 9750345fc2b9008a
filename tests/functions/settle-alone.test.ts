import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { moves } from '../../cloudfunctions/pay/src/order'
import { project } from '../support/project'

/* settle.ts is the only place where a fact about money changes an order. */

const sources = readdirSync(project.cloudfunctionRoot, { recursive: true, encoding: 'utf8' })
  .map((file) => file.split(path.sep).join('/'))
  .filter((file) => /^[\w-]+\/src\/.*\.ts$/.test(file))
  .map((file) => ({
    file,
    text: readFileSync(path.join(project.cloudfunctionRoot, file), 'utf8'),
  }))

const filesWith = (pattern: RegExp) =>
  sources.filter(({ text }) => pattern.test(text)).map(({ file }) => file)

/** The one move that is the shopper's wish, not a fact. */
const WISH = 'askRefund'

test.each(Object.keys(moves).filter((name) => name !== WISH))(
  'only it makes the move %s',
  (name) => {
    expect(filesWith(new RegExp(`\\bmove\\('${name}'`))).toEqual(['pay/src/settle.ts'])
  },
)

// The checker of the safety tests (oracle.ts) holds every write against these names.
test('only its writes are marked as settled', () => {
  expect(filesWith(/\bchange\([^)]*'settle[\w ]*'/)).toEqual(['pay/src/settle.ts'])
})
