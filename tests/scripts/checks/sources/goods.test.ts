import { goods } from '../../../../scripts/checks/sources/goods'
import { ProjectCopy } from '../project-copy'

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
  expect(await copy.problems(goods)).toEqual([])
})

test.each(['.jpg', '.jpeg', '.webp', '.PNG'])('a picture may be a %s', async (ending) => {
  copy.write(`cloud/storage/tea${ending}`, '')
  write({ ...TEA, picture: `goods/tea${ending}` })
  expect(await copy.problems(goods)).toEqual([])
})

test.each([
  ['an _id that pay refuses', { _id: '绿茶' }, '_id is not one that pay accepts'],
  ['an _id twice', { _id: 'first' }, '_id is already used by another line'],
  ['an empty name', { name: ' ' }, 'name of "tea" is not a text, or is empty'],
  [
    'a name of line breaks alone',
    { name: '\r\n\t\u0085' },
    'name of "tea" is not a text, or is empty',
  ],
  ['no name', { name: undefined }, 'name of "tea" is not a text, or is empty'],
  ['no description', { description: undefined }, 'description is not a text, or is empty'],
  ['a price in yuan', { price: 9.9 }, 'price is not a whole number of fen, at least 1'],
  ['a price in quotes', { price: '990' }, 'price is not a whole number of fen, at least 1'],
  ['no price', { price: 0 }, 'price is not a whole number of fen, at least 1'],
  [
    'an _openid',
    { _openid: 'o' },
    'has an _openid: pay does not sell what a phone may have written',
  ],
  [
    'a picture that is not there',
    { picture: 'goods/no.png' },
    'picture names no picture of cloud/storage',
  ],
  ['a picture elsewhere', { picture: 'lvcha.png' }, 'picture names no picture of cloud/storage'],
])('%s is found, with its line', async (_what, change, problem) => {
  write({ ...TEA, _id: 'first' }, { ...TEA, ...change })
  expect(await copy.problems(goods)).toEqual([`${FILE}:3: ${problem}`])
})

test.each([
  ['a control character', '茶\u0000', 'U+0000'],
  ['an escape', '\u001b[1m茶', 'U+001B'],
  ['a noncharacter', '茶\uffff', 'U+FFFF'],
  ['the other noncharacter', '\ufffe茶', 'U+FFFE'],
  ['the first half of an emoji', '茶\ud83c', 'U+D83C'],
  ['the second half of an emoji', '\udf75茶', 'U+DF75'],
  ['a control character that XML can carry', '茶\u0080', 'U+0080'],
  ['the delete character', '茶\u007f', 'U+007F'],
  ['two control characters, one of them twice', '\u0007茶\u0008茶\u0007', 'U+0007, U+0008'],
])('a name with %s is found, with its product', async (_what, name, codes) => {
  write({ ...TEA, _id: 'first' }, { ...TEA, name })
  expect(await copy.problems(goods)).toEqual([
    `${FILE}:3: name of "tea" has ${codes}, which cannot be sent to WeChat Pay`,
  ])
})

test.each([
  ['line breaks and tabs', '绿\r\n\t\u0085\u2028\u2029茶'],
  ['an emoji', '🍵茶'],
  [
    'the characters next to those that are refused',
    ' \ud7ff\ue000\ufffd\u{10000}\u{10ffff}\u007e\u00a0。',
  ],
])('a name may have %s', async (_what, name) => {
  write({ ...TEA, name })
  expect(await copy.problems(goods)).toEqual([])
})

test('the fix names the characters as JSON may write them', async () => {
  write({ ...TEA, name: '茶\u0007\ud83c' })
  expect(goods.run(copy.folder)).toMatchObject([
    { fix: 'delete from the name what JSON may write as \\u0007, \\uD83C' },
  ])
})

test.each([
  ['a list', '[{"_id":"tea"}]\n'],
  ['broken JSON', '{"_id":"tea",}\n'],
])('%s is found, with its line', async (_what, text) => {
  copy.write(FILE, text)
  expect(await copy.problems(goods)).toEqual([`${FILE}:1: is not one JSON object`])
})

test('a file without goods is found', async () => {
  copy.write(FILE, '\n')
  expect(await copy.problems(goods)).toEqual([`${FILE}: has no goods`])
})

test('a missing file is found', async () => {
  copy.remove(FILE)
  expect(await copy.problems(goods)).toEqual([`${FILE}: is missing`])
})
