import { findBrowser, type Machine } from '../../../scripts/command-line/find-browser'

/** A machine that has these files and no others. */
function machine(platform: Machine['platform'], env: Machine['env'], files: string[]): Machine {
  return { platform, env, exists: (file) => files.includes(file) }
}

const MAC_CHROME = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'
const MAC_EDGE = '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge'

test('CHROME_PATH comes before an installed browser', () => {
  const env = { CHROME_PATH: '/opt/my/chrome' }
  expect(findBrowser(machine('darwin', env, [MAC_CHROME, '/opt/my/chrome']))).toBe('/opt/my/chrome')
})

test('a CHROME_PATH without a file is not replaced by another browser', () => {
  expect(findBrowser(machine('darwin', { CHROME_PATH: '/gone' }, [MAC_CHROME]))).toBeUndefined()
})

test('an empty CHROME_PATH counts as not set', () => {
  expect(findBrowser(machine('darwin', { CHROME_PATH: '' }, [MAC_CHROME]))).toBe(MAC_CHROME)
})

test('Chrome is preferred to Edge', () => {
  expect(findBrowser(machine('darwin', {}, [MAC_EDGE, MAC_CHROME]))).toBe(MAC_CHROME)
})

test("macOS: a browser in the user's own Applications is found", () => {
  const own = `/Users/me${MAC_CHROME}`
  expect(findBrowser(machine('darwin', { HOME: '/Users/me' }, [own]))).toBe(own)
})

test('Linux: Chromium is found anywhere on the PATH', () => {
  const files = ['/snap/bin/chromium']
  expect(findBrowser(machine('linux', { PATH: '/usr/bin:/snap/bin' }, files))).toBe(files[0])
})

test('Linux: an empty entry of the PATH is skipped', () => {
  expect(findBrowser(machine('linux', { PATH: ':/usr/bin' }, ['chromium']))).toBeUndefined()
})

test('Windows: Edge, which is always there, is found', () => {
  const edge = 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe'
  const env = { 'PROGRAMFILES(X86)': 'C:\\Program Files (x86)' }
  expect(findBrowser(machine('win32', env, [edge]))).toBe(edge)
})

test('Windows: a Chrome installed for one user only is found', () => {
  const chrome = 'C:\\Users\\me\\AppData\\Local\\Google\\Chrome\\Application\\chrome.exe'
  const env = { PROGRAMFILES: 'C:\\Program Files', LOCALAPPDATA: 'C:\\Users\\me\\AppData\\Local' }
  expect(findBrowser(machine('win32', env, [chrome]))).toBe(chrome)
})

test('a machine without a browser has none', () => {
  expect(findBrowser(machine('linux', { PATH: '/usr/bin' }, []))).toBeUndefined()
})
