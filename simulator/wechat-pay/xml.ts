/** The parameters of a request or a reply of WeChat Pay V2: names and texts. */
export type Fields = Readonly<Record<string, string>>

/** The text is not the flat XML of WeChat Pay V2; the message says what is wrong and where. */
export class XmlError extends Error {}

const ENTITIES: Fields = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

/**
 * Parses `<xml><name>text</name>…</xml>`. Rejects everything else that XML can contain (DOCTYPE,
 * attributes, comments, nesting, repeated elements, text between elements), so that the text that
 * is signed has only one meaning. Elements may be empty, CDATA and text may be mixed.
 * @throws XmlError
 */
export function parseXml(text: string): Fields {
  const scanner = new Scanner(text.replace(/^\uFEFF/, '').replaceAll(/\r\n?/g, '\n'))
  const fields = new Map<string, string>()
  scanner.skip(/<\?xml\s[^<>]*\?>/y)
  scanner.skip(/\s+/y)
  scanner.expect(/<xml\s*>/y, '<xml>')
  scanner.skip(/\s+/y)
  while (!scanner.skip(/<\/xml\s*>/y)) {
    const [, name = '', empty] = scanner.expect(/<([A-Za-z_][\w.-]*)\s*(\/)?>/y, 'an element')
    if (fields.has(name)) throw new XmlError(`<${name}> occurs twice`)
    fields.set(name, empty === undefined ? elementText(scanner, name) : '')
    scanner.skip(/\s+/y)
  }
  scanner.skip(/\s+/y)
  scanner.expect(/$/y, 'the end')
  return Object.fromEntries(fields)
}

function elementText(scanner: Scanner, name: string): string {
  let text = ''
  for (;;) {
    const cdata = scanner.skip(/<!\[CDATA\[([\s\S]*?)\]\]>/y)
    const plain = cdata ?? scanner.skip(/[^<]+/y)
    if (plain === undefined) break
    text += cdata ? (cdata[1] ?? '') : plain[0].replaceAll(/&([^;]*;?)/g, decodeEntity)
  }
  const [, closed] = scanner.expect(/<\/([A-Za-z_][\w.-]*)\s*>/y, `</${name}>`)
  if (closed !== name) throw new XmlError(`<${name}> is closed by </${closed}>`)
  return text
}

function decodeEntity(entity: string, body: string): string {
  const [, name = '', decimal, hex] =
    /^(?:([a-z]+)|#(\d{1,7})|#x([\da-f]{1,6}));$/i.exec(body) ?? []
  const named = ENTITIES[name]
  if (named !== undefined) return named
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
  if (!(code > 0 && code <= 0x10ffff)) throw new XmlError(`${entity} is not a character`)
  return String.fromCodePoint(code)
}

/** Formats fields as WeChat Pay does, every text as CDATA. */
export function formatXml(fields: Fields, root: 'xml' | 'root' = 'xml'): string {
  const elements = Object.entries(fields).map(([name, text]) => {
    // "]]>" would end a CDATA section, so it is split between two
    const cdata = text.replaceAll(']]>', ']]]]><![CDATA[>')
    return `<${name}><![CDATA[${cdata}]]></${name}>`
  })
  return `<${root}>${elements.join('')}</${root}>`
}

/** Scans a text with sticky patterns. */
class Scanner {
  #position = 0

  constructor(readonly text: string) {}

  /** Moves past `pattern` if it matches at the current position. */
  skip(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#position
    const match = pattern.exec(this.text)
    if (match === null) return undefined
    this.#position += match[0].length
    return match
  }

  expect(pattern: RegExp, what: string): RegExpExecArray {
    const match = this.skip(pattern)
    if (match === undefined) throw new XmlError(`expected ${what} at character ${this.#position}`)
    return match
  }
}
