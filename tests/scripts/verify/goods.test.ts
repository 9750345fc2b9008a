import { goods } from '../../../scripts/verify/goods'
import { ProjectCopy } from './project-copy'

let copy: ProjectCopy
beforeEach(() => {
  copy = new ProjectCopy()
})
afterEach(() => copy.destroy())

const FILE = 'cloud/database/goods.json'
const TEA = { _id: 'tea', name: '茶', description: '香', price: 1, picture: 'goods/lvcha.png' }

const write = (...items: unknown[]) =>
  copy.write(FILE, items.map((item) => `${JSON.stringify(item)}\n`).join('\n'))

test('the goods of the project can be sold', async () => {
  expect(await copy.faults(goods)).toEqual([])
})

test.each(['.jpg', '.jpeg', '.webp', '.PNG'])('a picture may be a %s', async (ending) => {
  copy.write(`cloud/storage/tea${ending}`, '')
  write({ ...TEA, picture: `goods/tea${ending}` })
  expect(await copy.faults(goods)).toEqual([])
})

test.each([
  ['an _id that pay refuses', { _id: '绿茶' }, '_id is none that pay takes'],
  ['an _id twice', { _id: 'first' }, '_id is that of another line'],
  ['an empty name', { name: ' ' }, 'name is no text, or empty'],
  ['no description', { description: undefined }, 'description is no text, or empty'],
  ['a price in yuan', { price: 9.9 }, 'price is no whole number of fen, at least 1'],
  ['a price in quotes', { price: '990' }, 'price is no whole number of fen, at least 1'],
  ['no price', { price: 0 }, 'price is no whole number of fen, at least 1'],
  [
    'an _openid',
    { _openid: 'o' },
    'has an _openid: pay sells nothing that a phone may have written',
  ],
  [
    'a picture that is not there',
    { picture: 'goods/no.png' },
    'picture names no picture of cloud/storage',
  ],
  ['a picture elsewhere', { picture: 'lvcha.png' }, 'picture names no picture of cloud/storage'],
])('%s is found, with its line', async (_what, change, problem) => {
  write({ ...TEA, _id: 'first' }, { ...TEA, ...change })
  expect(await copy.faults(goods)).toEqual([`${FILE}:3: ${problem}`])
})

test.each([
  ['a list', '[{"_id":"tea"}]\n'],
  ['broken JSON', '{"_id":"tea",}\n'],
])('%s is found, with its line', async (_what, text) => {
  copy.write(FILE, text)
  expect(await copy.faults(goods)).toEqual([`${FILE}:1: is not one JSON object`])
})

test('a file without goods is found', async () => {
  copy.write(FILE, '\n')
  expect(await copy.faults(goods)).toEqual([`${FILE}: holds no goods`])
})

test('a missing file is found', async () => {
  copy.remove(FILE)
  expect(await copy.faults(goods)).toEqual([`${FILE}: is missing`])
})
