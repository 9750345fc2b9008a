/** px */
const COLUMN = 208
const ROW = 36
const HEAD = 34
const MARGIN = 16

interface Message {
  from: number
  to: number
  text: string
  /** drawn dashed */
  isReply: boolean
}

/** One line of the diagram under its participants. */
type Row = Message | { section: string }

interface Sequence {
  participants: string[]
  rows: Row[]
}

/**
 * Draws a sequence diagram. A line of its source is a participant (`id: Name`), a message
 * (`a -> b: text`), a reply (`a --> b: text`), a section (`== Name ==`), empty, or a comment (`#`).
 * @returns an SVG
 * @throws Error that names the line that is none of these, or names somebody unknown
 */
export function drawSequence(source: string): string {
  const { participants, rows } = parse(source)
  const width = participants.length * COLUMN + 2 * MARGIN
  const height = rows.length * ROW + HEAD + 3 * MARGIN
  const top = MARGIN + HEAD
  const lines = participants.map(
    (_, n) => `<path class="life" d="M${middle(n)} ${top}V${height - MARGIN}"/>`,
  )
  const heads = participants.map(
    (name, n) =>
      `<rect x="${middle(n) - COLUMN / 2 + 12}" y="${MARGIN}" width="${COLUMN - 24}" height="${HEAD}" rx="6"/>` +
      `<text class="name" x="${middle(n)}" y="${MARGIN + 22}">${escape(name)}</text>`,
  )
  const body = rows.map((row, n) => {
    const y = top + (n + 1) * ROW
    return 'section' in row ? drawSection(row.section, y, width) : drawMessage(row, y)
  })
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`,
    `<style>${STYLE}</style>`,
    `<rect class="sheet" width="${width}" height="${height}" rx="8"/>`,
    ...lines,
    ...heads,
    ...body,
    '</svg>',
    '',
  ].join('\n')
}

const STYLE =
  'text{font:12px system-ui,sans-serif;fill:#191919;text-anchor:middle}' +
  '.name{font-weight:600;fill:#fff}rect{fill:#066e39}.sheet{fill:#fff}' +
  '.life{stroke:#c4c4c4;stroke-dasharray:2 4}.message{stroke:#24578f;fill:none}' +
  '.reply{stroke-dasharray:5 4}.tip{fill:#24578f}' +
  '.section{font-weight:600;text-anchor:start}.rule{stroke:#d9d9d9}' +
  '.label{paint-order:stroke;stroke:#fff;stroke-width:4px}'

const middle = (participant: number) => MARGIN + (participant + 0.5) * COLUMN

function drawSection(name: string, y: number, width: number): string {
  return (
    `<path class="rule" d="M${MARGIN} ${y + 4}H${width - MARGIN}"/>` +
    `<text class="section label" x="${MARGIN}" y="${y - 4}">${escape(name)}</text>`
  )
}

function drawMessage({ from, to, text, isReply }: Message, y: number): string {
  const [begin, end] = [middle(from), middle(to)]
  const back = end > begin ? -7 : 7
  return (
    `<path class="message${isReply ? ' reply' : ''}" d="M${begin} ${y}H${end}"/>` +
    `<path class="tip" d="M${end} ${y}l${back} -4v8z"/>` +
    `<text class="label" x="${(begin + end) / 2}" y="${y - 6}">${escape(text)}</text>`
  )
}

function parse(source: string): Sequence {
  const ids: string[] = []
  const sequence: Sequence = { participants: [], rows: [] }
  source.split(/\r?\n/).forEach((line, index) => {
    const wrong = (what: string) => new Error(`line ${index + 1}: ${what}: ${line}`)
    const find = (id: string) => {
      if (!ids.includes(id)) throw wrong(`there is no participant ${id}`)
      return ids.indexOf(id)
    }
    const message = /^(\w+) (-->|->) (\w+): (.+)$/.exec(line)
    const section = /^== (.+) ==$/.exec(line)
    const participant = /^(\w+): (.+)$/.exec(line)
    if (message) {
      const [, from = '', arrow, to = '', text = ''] = message
      sequence.rows.push({ from: find(from), to: find(to), text, isReply: arrow === '-->' })
    } else if (section) sequence.rows.push({ section: section[1] ?? '' })
    else if (participant) {
      ids.push(participant[1] ?? '')
      sequence.participants.push(participant[2] ?? '')
    } else if (line.trim() !== '' && !line.startsWith('#')) {
      throw wrong('neither participant, message, section nor comment')
    }
  })
  return sequence
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
