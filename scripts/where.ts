import { openProject } from '../project/project'
import { findPlace, readPlace } from './build/find-place'
import { runCommand } from './command-line/command'

const WHERE = {
  command: 'npm run where',
  purpose:
    'Says which source line a place in the log of a function is. The sources must be those that were built and uploaded.',
  options: {},
  rest: {
    name: 'index.js:LINE:COLUMN [BUILD]',
    help: 'as in the log: index.js:1:2345 pay-3f2a91c0. Without the build, every function is searched.',
  },
}

runCommand(WHERE, ({ rest }) => {
  const found = findPlace(openProject(process.cwd()), readPlace(rest.join(' ')))
  for (const [name, { file, line, column, text }] of found) {
    console.log(`${name}  ${file}:${line}:${column}  ${text}`)
  }
})
