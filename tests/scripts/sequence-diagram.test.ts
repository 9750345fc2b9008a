import { readFileSync } from 'node:fs'
import path from 'node:path'
import { drawSequence } from '../../scripts/sequence-diagram'

const docs = path.resolve(__dirname, '../../docs')
const read = (file: string) => readFileSync(path.join(docs, file), 'utf8')

const two = 'a: Ann\nb: Bob\n'

test('the drawing of how a payment travels is that of its text', () => {
  expect(read('payment.svg')).toBe(drawSequence(read('payment.seq')))
})

test('a message is an arrow between its participants, with its text', () => {
  const drawing = drawSequence(`${two}a -> b: pays 1 < 2`)
  expect(drawing).toContain('pays 1 &lt; 2')
  expect(drawing).toContain('d="M120 86H328"')
})

test('a reply is dashed', () => {
  expect(drawSequence(`${two}b --> a: ok`)).toContain('class="message reply"')
})

test.each([
  ['a line of no kind', `${two}a pays b`, 'line 3: neither participant'],
  ['somebody unknown', `${two}a -> c: pays`, 'line 3: there is no participant c'],
])('%s is an error that names the line', (_, source, message) => {
  expect(() => drawSequence(source)).toThrow(message)
})
