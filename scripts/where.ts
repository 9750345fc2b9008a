import { openProject } from '../project/project'
import { findPlace, readPlace, USAGE } from './build/find-place'
import { explain } from './command-line/options'

/** `npm run where`: says which source line a place in the log of a built function is. */
function main(args: string[]): void {
  if (args.includes('--help')) return console.log(USAGE)
  const found = findPlace(openProject(process.cwd()), readPlace(args.join(' ')))
  for (const [name, { file, line, column, text }] of found) {
    console.log(`${name}  ${file}:${line}:${column}  ${text}`)
  }
}

try {
  main(process.argv.slice(2))
} catch (error) {
  console.error(explain(error))
  process.exitCode = 1
}
