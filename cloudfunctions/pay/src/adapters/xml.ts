import type { Fields } from '../ports'

const PROLOG = /^\s*(?:<\?xml [^<>?]*\?>\s*)?<(xml|root)>/
const OPEN = /\s*<([A-Za-z_]\w{0,63})(\/?)>/y
const TEXT = /[^<&]+|&(?:amp|lt|gt|quot|apos);/y
/** Ten refunds, each with a few coupons, have a few hundred elements. */
const MAX_ELEMENTS = 1000
const CDATA = '<![CDATA['
const CDATA_END = ']]>'
const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['&amp;', '&'],
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&quot;', '"'],
  ['&apos;', "'"],
])

/**
 * Parses the XML of WeChat Pay strictly: one root with flat elements; no DOCTYPE, attribute, nesting
 * or duplicate element. Takes linear time: no character is read twice.
 * @returns the elements in order; undefined for any other text
 */
export function readXml(text: string): Fields | undefined {
  const prolog = PROLOG.exec(text)
  if (!prolog) return undefined
  const fields = new Map<string, string>()
  let end = prolog[0].length
  for (;;) {
    const open = matchAt(OPEN, text, end)
    if (!open) break
    if (fields.size === MAX_ELEMENTS) return undefined
    const [{ length }, name = '', empty] = open
    const content = empty ? { text: '', end: end + length } : readContent(text, end + length)
    const close = empty ? '' : `</${name}>`
    if (fields.has(name) || !text.startsWith(close, content.end)) return undefined
    fields.set(name, content.text)
    end = content.end + close.length
  }
  return text.slice(end).trim() === `</${prolog[1]}>` ? Object.fromEntries(fields) : undefined
}

/** Reads text and CDATA from `begin` to the first character that is neither. */
function readContent(text: string, begin: number): { text: string; end: number } {
  let [content, end] = ['', begin]
  for (;;) {
    if (text.startsWith(CDATA, end)) {
      const close = text.indexOf(CDATA_END, end + CDATA.length)
      if (close < 0) return { text: content, end }
      content += text.slice(end + CDATA.length, close)
      end = close + CDATA_END.length
    } else {
      const [plain] = matchAt(TEXT, text, end) ?? []
      if (plain === undefined) return { text: content, end }
      content += ENTITIES.get(plain) ?? plain
      end += plain.length
    }
  }
}

function matchAt(pattern: RegExp, text: string, begin: number): RegExpExecArray | null {
  pattern.lastIndex = begin
  return pattern.exec(text)
}
