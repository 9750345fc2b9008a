import { cpus } from 'node:os'
import { formatTable } from './bench/measurement'
import { MEASUREMENTS } from './bench/measurements'
import { PAGE, writeTable } from './bench/performance-page'
import { CommandError, runCommand } from './command-line/command'

const NAMES = Object.keys(MEASUREMENTS)

const BENCH = {
  command: 'npm run bench',
  purpose: [
    'Measures this machine and these sources. Every figure is a ratio or a count, none is a time:',
    ...Object.entries(MEASUREMENTS).map(([name, { title }]) => `  ${name.padEnd(14)}${title}`),
  ].join('\n'),
  options: { write: { help: `write the tables to ${PAGE}` } },
  rest: { name: 'NAME...', help: 'measure only these' },
}

runCommand(BENCH, async ({ values: { write }, rest }) => {
  const unknown = rest.find((name) => !NAMES.includes(name))
  if (unknown !== undefined) {
    throw new CommandError(`There is no measurement ${unknown}. There are: ${NAMES.join(', ')}`)
  }
  const root = process.cwd()
  for (const name of rest.length > 0 ? rest : NAMES) {
    const { title, columns, measure } = MEASUREMENTS[name]!
    const table = formatTable(columns, await measure(root))
    console.log(['', `${title}:`, ...table].join('\n'))
    const machine = `Node ${process.versions.node}, ${process.platform}, ${cpus().length} processors`
    if (write) writeTable(root, name, [...table, '', `Measured with ${machine}.`])
  }
})
