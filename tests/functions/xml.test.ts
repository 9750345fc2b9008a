import { readXml } from '../../cloudfunctions/pay/src/adapters/xml'

test('texts, CDATA and entities are decoded', () => {
  const xml =
    '<xml><a>1</a><b><![CDATA[<x> & ]]]]><![CDATA[>]]></b>\n <c>&lt;&amp;&gt;&quot;&apos;</c></xml>'
  expect(readXml(xml)).toEqual({ a: '1', b: '<x> & ]]>', c: '<&>"\'' })
})

test('an XML declaration is allowed, and so is the root of a refund notification', () => {
  expect(readXml('<?xml version="1.0" encoding="UTF-8"?>\n<root><a>1</a></root>\n')).toEqual({
    a: '1',
  })
})

test('an empty element is an empty text in every notation', () => {
  expect(readXml('<xml><a></a><b/><c><![CDATA[]]></c></xml>')).toEqual({ a: '', b: '', c: '' })
})

test('a text with a special meaning in JavaScript is read as a text', () => {
  expect(readXml('<xml><a>constructor</a><b>__proto__</b></xml>')).toEqual({
    a: 'constructor',
    b: '__proto__',
  })
})

test('an element name with a special meaning in JavaScript is read as a name', () => {
  const fields = readXml('<xml><__proto__>1</__proto__><constructor>2</constructor></xml>')
  expect(Object.entries(fields!)).toEqual([
    ['__proto__', '1'],
    ['constructor', '2'],
  ])
})

const elements = (count: number) =>
  Array.from({ length: count }, (_, n) => `<a${n}>${n}</a${n}>`).join('')

test('a thousand elements are read', () => {
  expect(Object.keys(readXml(`<xml>${elements(1000)}</xml>`)!)).toHaveLength(1000)
})

test.each([
  ['more than a thousand elements', `<xml>${elements(1001)}</xml>`],
  ['nothing', ''],
  ['no root', 'SUCCESS'],
  ['another root', '<html><a>1</a></html>'],
  ['no end', '<xml><a>1</a>'],
  ['another end', '<xml><a>1</a></root>'],
  ['something after the end', '<xml></xml><xml></xml>'],
  ['text between elements', '<xml><a>1</a>x<b>2</b></xml>'],
  ['a doctype', '<!DOCTYPE xml><xml><a>1</a></xml>'],
  ['a comment', '<xml><!-- --><a>1</a></xml>'],
  ['an attribute', '<xml><a b="1">1</a></xml>'],
  ['nesting', '<xml><a><b>1</b></a></xml>'],
  ['a duplicate element', '<xml><a>1</a><a>1</a></xml>'],
  ['a duplicate empty element', '<xml><a/><a/></xml>'],
  ['an element with the end tag of another', '<xml><a>1</b></xml>'],
  ['an unknown entity', '<xml><a>&b;</a></xml>'],
  ['a bare "&"', '<xml><a>a & b</a></xml>'],
  ['a CDATA without an end', '<xml><a><![CDATA[1</a></xml>'],
])('%s is refused', (_, xml) => {
  expect(readXml(xml)).toBeUndefined()
})
