import { formatXml, parseXml, XmlError } from '../../../simulator/wechat-pay/xml'
import { WXPayUtil } from './support'

test('plain text, CDATA, entities and empty elements are parsed', () => {
  const xml = '<xml><a>1</a><b><![CDATA[<&]]></b><c>&lt;&amp;&#65;&#x4e2d;</c><d></d><e/></xml>'
  expect(parseXml(xml)).toEqual({ a: '1', b: '<&', c: '<&A中', d: '', e: '' })
})

test('the pretty-printed XML of wx-js-utils is parsed', async () => {
  const fields = { body: '书 & 笔 <新>', detail: 'a]]>b', total_fee: '1' }
  const xml: string = await WXPayUtil.obj2xml(fields)
  expect(xml).toMatch(/^<\?xml version="1.0".*\?>\n/)
  expect(parseXml(xml)).toEqual(fields)
})

test('every line ending becomes a line feed, as XML requires', () => {
  expect(parseXml('<xml>\r\n<a>1\r\n2\r3</a>\r\n</xml>\r\n')).toEqual({ a: '1\n2\n3' })
})

test('__proto__ is an ordinary name', () => {
  const fields = parseXml('<xml><__proto__>x</__proto__></xml>')
  expect(Object.keys(fields)).toEqual(['__proto__'])
})

test.each([
  ['an empty text', ''],
  ['another root', '<root><a>1</a></root>'],
  ['no root', '<a>1</a>'],
  ['a DOCTYPE', '<!DOCTYPE xml [<!ENTITY e "x">]><xml><a>1</a></xml>'],
  ['an unknown entity', '<xml><a>&e;</a></xml>'],
  ['a bare ampersand', '<xml><a>1 & 2</a></xml>'],
  ['a character that does not exist', '<xml><a>&#x110000;</a></xml>'],
  ['an attribute', '<xml><a b="1">1</a></xml>'],
  ['an attribute of the root', '<xml a="1"></xml>'],
  ['nesting', '<xml><a><b>1</b></a></xml>'],
  ['a repeated element', '<xml><a>1</a><a>2</a></xml>'],
  ['text between elements', '<xml><a>1</a>x</xml>'],
  ['a comment', '<xml><!-- x --><a>1</a></xml>'],
  ['an element that is closed by another', '<xml><a>1</b></xml>'],
  ['an element that is not closed', '<xml><a>1</xml>'],
  ['an unclosed CDATA section', '<xml><a><![CDATA[1</a></xml>'],
  ['a second root', '<xml></xml><xml></xml>'],
  ['half a document', '<xml><a>1</a>'],
  ['JSON', '{"a": 1}'],
])('%s is refused', (_, xml) => {
  expect(() => parseXml(xml)).toThrow(XmlError)
})

test('fields are formatted as CDATA that another XML parser can read', async () => {
  const fields = { return_msg: '<OK>', attach: 'a]]>b' }
  const xml = formatXml(fields)
  expect(xml).toMatch(/^<xml><return_msg><!\[CDATA\[<OK>\]\]><\/return_msg>/)
  await expect(WXPayUtil.xml2obj(xml)).resolves.toEqual(fields)
})
