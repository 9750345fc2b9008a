/** What a figure is. None is a time: times of one machine say nothing about another. */
export type Kind = 'ratio' | 'count' | 'bytes'

/** A column of figures. */
export interface Column {
  title: string
  kind: Kind
}

/** One line of a table. */
export interface Row {
  /** what was measured */
  what: string
  /** its figures, one for each column */
  values: readonly number[]
}

/** Something that `npm run bench` measures. */
export interface Measurement {
  /** what its table shows, in one line */
  title: string
  columns: readonly Column[]
  /** Measures the project in this folder. */
  measure: (root: string) => Promise<Row[]>
}

const FORMATS: Readonly<Record<Kind, (value: number) => string>> = {
  ratio: (value) => value.toFixed(2),
  count: (value) => value.toLocaleString('en-US'),
  bytes: (value) => `${Math.ceil(value / 1024).toLocaleString('en-US')} KB`,
}

/** Formats rows as lines of Markdown whose columns are aligned, so that a terminal can show it too. */
export function formatTable(columns: readonly Column[], rows: readonly Row[]): string[] {
  const cells = rows.map(({ what, values }) => [
    what,
    ...values.map((value, n) => FORMATS[columns[n]!.kind](value)),
  ])
  const table = [['', ...columns.map(({ title }) => title)], ...cells]
  const widths = table[0]!.map((_, n) => Math.max(3, ...table.map((line) => line[n]!.length)))
  const pad = (cell: string, n: number) =>
    n === 0 ? cell.padEnd(widths[n]!) : cell.padStart(widths[n]!)
  const rule = widths.map((width, n) => (n === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`))
  const [head, ...body] = table.map((line) => line.map(pad))
  return [head!, rule, ...body].map((line) => `| ${line.join(' | ')} |`)
}

/** Returns the middle one of the numbers. */
export function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]!
}
