import { runCommand } from './command-line/command'
import { runPackage } from './command-line/run-package'

/** The kinds of tests that have a command; each is a folder of tests/ and a project of jest. */
const KINDS: Readonly<Record<string, string>> = {
  pages: 'Runs the tests of the mini program’s pages, which render them without a browser.',
  functions: 'Runs the tests of the cloud functions.',
  simulator: 'Runs the tests of the simulator.',
  scripts: 'Runs the tests of the commands.',
  built: 'Runs tests of the cloud functions on what npm run build would upload.',
}

const [kind = '', ...args] = process.argv.slice(2)
process.argv.splice(2, Infinity, ...args)

const TEST_KIND = {
  command: `npm run test:${kind}`,
  purpose: KINDS[kind]!,
  options: {
    testNamePattern: { short: 't', value: 'NAME', help: 'run only tests whose name matches' },
  },
  rest: { name: 'FILE...', help: 'run only these files; options of jest follow another --' },
} as const

runCommand(TEST_KIND, ({ values: { testNamePattern: name }, rest }) => {
  const named = name === undefined ? [] : ['--testNamePattern', name]
  // The project is last: its option takes every word that follows.
  const all = [...named, ...rest, '--selectProjects', kind]
  process.exitCode = runPackage(process.cwd(), 'jest', all)
})
