import { findCli, type Machine } from '../../../../scripts/cloud/deploy/find-cli'

/** A machine that has these files. */
function machine(platform: NodeJS.Platform, PATH: string, files: Record<string, string>): Machine {
  return {
    platform,
    env: { PATH },
    exists: (file) => file in files,
    read: (file) => files[file]!,
  }
}

const NPM = 'C:\\npm'
const WINDOWS_FILES = {
  [`${NPM}\\tcb.cmd`]: '',
  [`${NPM}\\node_modules\\@cloudbase\\cli\\package.json`]: '{"bin": {"tcb": "bin/tcb.js"}}',
}

test('tcb is the first one on the PATH', () => {
  const files = { '/usr/local/bin/tcb': '', '/usr/bin/tcb': '' }
  expect(findCli(machine('linux', '/bin:/usr/local/bin:/usr/bin', files))).toEqual({
    file: '/usr/local/bin/tcb',
    args: [],
  })
})

test('on Windows it is the program beside the script, run by this Node', () => {
  expect(findCli(machine('win32', `C:\\Windows;${NPM}`, WINDOWS_FILES))).toEqual({
    file: process.execPath,
    args: [`${NPM}\\node_modules\\@cloudbase\\cli\\bin\\tcb.js`],
  })
})

test.each([
  ['linux', machine('linux', '/usr/bin', { '/opt/tcb': '' })],
  ['Windows', machine('win32', 'C:\\Windows', WINDOWS_FILES)],
])('there is none on %s when the PATH does not lead to it', (_platform, without) => {
  expect(findCli(without)).toBeUndefined()
})

test('there is none where no PATH is set', () => {
  expect(findCli({ ...machine('linux', '', {}), env: {} })).toBeUndefined()
})
