import type { Fields } from './ports'

/** Text, an entity that XML knows by itself, or CDATA. No element inside an element. */
const CONTENT = String.raw`(?:[^<&]|&(?:amp|lt|gt|quot|apos);|<!\[CDATA\[(?:[^\]]|\](?!\]>))*\]\]>)*`
const ELEMENT = new RegExp(String.raw`\s*<([A-Za-z_]\w{0,63})(?:/>|>(${CONTENT})</\1>)`, 'y')
const PROLOG = /^\s*(?:<\?xml [^<>?]*\?>\s*)?<(xml|root)>/
const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
}

/**
 * Reads what WeChat Pay sends, once and strictly: one flat root, no DOCTYPE, attribute, nesting or
 * doubled element. In time linear to its length.
 * @returns its elements in order; undefined for everything else
 */
export function readXml(text: string): Fields | undefined {
  const prolog = PROLOG.exec(text)
  if (!prolog) return undefined
  const fields = new Map<string, string>()
  let end = prolog[0].length
  for (;;) {
    ELEMENT.lastIndex = end
    const element = ELEMENT.exec(text)
    if (!element) break
    const [, name, content = ''] = element
    if (fields.has(name!)) return undefined
    fields.set(name!, plainText(content))
    end = ELEMENT.lastIndex
  }
  return text.slice(end).trim() === `</${prolog[1]}>` ? Object.fromEntries(fields) : undefined
}

function plainText(content: string): string {
  return content.replace(
    /<!\[CDATA\[([^]*?)\]\]>|&\w+;/g,
    (match, cdata: string | undefined) => cdata ?? ENTITIES[match]!,
  )
}
