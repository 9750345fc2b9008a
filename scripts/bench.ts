import { cpus } from 'node:os'
import { formatTable } from './bench/measurement'
import { MEASUREMENTS } from './bench/measurements'
import { PAGE, writeTable } from './bench/performance-page'
import { CommandError, runCommand } from './command-line/command'

const NAMES = Object.keys(MEASUREMENTS)

const MACHINE = `Node ${process.versions.node} on ${process.platform}, ${cpus().length} processors.`

const BENCH = {
  command: 'npm run bench',
  purpose: [
    'Measures this machine and these sources. Every figure is a ratio or a count, none is a time:',
    ...Object.entries(MEASUREMENTS).map(([name, { title }]) => `  ${name.padEnd(14)}${title}`),
  ].join('\n'),
  options: { write: { help: `write the tables to ${PAGE}` } },
  rest: { name: 'NAME...', help: 'measure only these' },
}

const isKnown = (name: string): name is keyof typeof MEASUREMENTS =>
  Object.hasOwn(MEASUREMENTS, name)

runCommand(BENCH, async ({ values: { write }, rest }) => {
  const unknown = rest.find((name) => !isKnown(name))
  if (unknown !== undefined) {
    throw new CommandError(`There is no measurement ${unknown}. There are: ${NAMES.join(', ')}`)
  }
  const root = process.cwd()
  const names = rest.length > 0 ? rest : NAMES
  for (const name of names.filter(isKnown)) {
    const { title, columns, measure } = MEASUREMENTS[name]
    const table = formatTable(columns, await measure(root))
    console.log(['', `${title}:`, '', ...table].join('\n'))
    if (write) writeTable(root, name, [...table, '', MACHINE])
  }
})
