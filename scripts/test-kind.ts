import { runCommand, usageError } from './command-line/command'
import { runPackage } from './command-line/run-package'

/** The kinds of tests that have a command of their own; each is a project of jest. */
const KINDS = ['pages', 'functions', 'simulator', 'scripts', 'built']

const TEST_KIND = {
  command: 'npm run test:pages',
  purpose:
    'Runs the tests of one kind. test:pages, test:functions, test:simulator and test:scripts run those in that folder of tests/; test:built runs tests of functions on what npm run build would upload.',
  options: {
    kind: { value: 'KIND', help: 'set by each command' },
    testNamePattern: { short: 't', value: 'NAME', help: 'run only tests whose name matches' },
  },
  rest: { name: 'FILE...', help: 'run only these files; options of jest follow another --' },
} as const

runCommand(TEST_KIND, ({ values: { kind = '', testNamePattern: name }, rest }) => {
  if (!KINDS.includes(kind)) {
    throw usageError(TEST_KIND, `--kind must be ${KINDS.join(', ')}, not '${kind}'.`)
  }
  const named = name === undefined ? [] : ['--testNamePattern', name]
  // The project is last: its option takes every word that follows.
  const args = [...named, ...rest, '--selectProjects', kind]
  process.exitCode = runPackage(process.cwd(), 'jest', args, { TESTS: 'full' })
})
