import { functionNames } from '../project/functions'
import { openProject } from '../project/project'
import { measureColdStarts } from './bench/cold-start'
import { buildFunction } from './build/build-function'
import { runCommand } from './command-line/command'

const BENCH = {
  command: 'npm run bench',
  purpose: 'Measures the size of the built functions and how long they take to load.',
  options: {},
}

runCommand(BENCH, async () => {
  const project = openProject(process.cwd())
  for (const name of functionNames(project.cloudfunctionRoot)) await buildFunction(project, name)
  console.log('Loading, as a part of loading the same packages unbundled, both over bare Node:')
  for (const { name, bytes, ratio } of measureColdStarts(project)) {
    console.log(`${name.padEnd(14)} ${ratio.toFixed(2)}  ${(bytes / 1e6).toFixed(2)} MB`)
  }
})
