import type { Finding } from './finding'

const MARKS = { right: '✓', doubtful: '!', wrong: '✗' } as const

/** The findings as one list, each with how to mend it below it, and their numbers at the end. */
export function report(findings: readonly Finding[]): string {
  const count = (state: Finding['state']) =>
    findings.filter((finding) => finding.state === state).length
  return [
    ...findings.map(entry),
    '',
    `${count('wrong')} wrong or missing, ${count('doubtful')} doubtful, ${count('right')} right`,
  ].join('\n')
}

function entry({ state, place, text, mend }: Finding): string {
  const line = `${MARKS[state]} ${place}: ${text}`
  return mend === undefined ? line : `${line}\n    → ${mend}`
}
