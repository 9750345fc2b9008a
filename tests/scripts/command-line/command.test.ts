import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { formatUsage, readArguments } from '../../../scripts/command-line/command'

const USAGE = {
  command: 'npm run bake',
  purpose: 'Bakes a cake.',
  options: {
    'dry-run': { help: 'bake nothing' },
    minutes: { value: 'N', short: 'm', help: 'how long' },
  },
  rest: { name: 'CAKE...', help: 'only these' },
} as const

const read = (...args: string[]) => readArguments(USAGE, args, {})

describe('the usage of a command', () => {
  test('becomes the text of --help', () => {
    expect(formatUsage(USAGE)).toBe(
      [
        'Usage: npm run bake -- [options] [CAKE...]',
        '',
        'Bakes a cake.',
        '',
        '  CAKE...          only these',
        '  --dry-run        bake nothing',
        '  -m, --minutes N  how long',
        '  --help           show this text',
      ].join('\n'),
    )
  })

  test('becomes its options: switches are false and values undefined unless they are given', () => {
    expect(read()).toEqual({ values: { 'dry-run': false, minutes: undefined }, rest: [] })
    expect(read('-m', '9', 'apple', '--dry-run')).toEqual({
      values: { 'dry-run': true, minutes: '9' },
      rest: ['apple'],
    })
  })

  test('lets the arguments after -- pass', () => {
    expect(read('apple', '--', '--watch').rest).toEqual(['apple', '--watch'])
  })

  test.each([
    [['--dryrun'], "Unknown option '--dryrun'."],
    [['--minutes'], "Option '-m, --minutes <value>' argument missing."],
    [['--dry-run=no'], "Option '--dry-run' does not take an argument."],
  ])('refuses %j, and names the options that there are', (args, why) => {
    expect(() => read(...args)).toThrow(
      `${why} The options of npm run bake: --dry-run, -m, --minutes N, --help`,
    )
  })

  test('refuses arguments if it names none', () => {
    const { rest: _, ...none } = USAGE
    expect(() => readArguments(none, ['apple'], {})).toThrow("Unexpected argument 'apple'.")
  })

  test('counts a --dry-run that npm keeps to itself', () => {
    expect(readArguments(USAGE, [], { npm_config_dry_run: 'true' }).values['dry-run']).toBe(true)
  })
})

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  scripts: Record<string, string>
}
/** The files of scripts/ that a person runs. */
const programs = readdirSync('scripts').filter((file) => file.endsWith('.ts'))
/** The command of package.json that runs a file, such as `npm start`. */
const commandOf = (file: string) => {
  const [name] = Object.entries(scripts).find(([, script]) => script.includes(`/${file}`)) ?? []
  if (name === undefined) return `node scripts/run.cjs scripts/${file}`
  return name === 'start' ? 'npm start' : `npm run ${name}`
}
const run = (file: string, ...args: string[]) =>
  spawnSync(process.execPath, ['scripts/run.cjs', path.join('scripts', file), ...args], {
    encoding: 'utf8',
  })

describe.each(programs)('scripts/%s', (file) => {
  test('prints its usage for --help, does nothing else, and ends with 0', () => {
    const { status, stdout, stderr } = run(file, '--help')
    const [first, ...others] = stdout.split('\n')
    expect(first).toMatch(/^Usage: /)
    expect(first).toContain(commandOf(file))
    expect(others).toContainEqual(expect.stringMatching(/^ {2}--help +show this text$/))
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  })

  test('refuses an unknown option in one line that names the known ones, and ends with 1', () => {
    const { status, stdout, stderr } = run(file, '--fix')
    expect(stderr).toMatch(/^Unknown option '--fix'\. The options of .*: .*--help\n$/)
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
  })
})

test.each(['test', 'format'])('npm run %s -- --help prints the usage of its program', (name) => {
  const [, program = ''] = scripts[name]!.split(' && ')
  const bin = path.join('node_modules', '.bin', program)
  const { status, stdout } = spawnSync(bin, ['--help'], { encoding: 'utf8', shell: true })
  expect(stdout).toMatch(/^Usage: /m)
  expect(status).toBe(0)
})
