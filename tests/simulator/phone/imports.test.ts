import { imports, type Import } from '../../support/import-graph'

const PHONE = 'simulator/phone'

/**
 * The imports that each folder of the phone may have, besides itself and npm packages. '' is its entry
 * point; paths are relative to the phone's folder.
 */
const ALLOWED: Record<string, { values: string[]; types: string[] }> = {
  '': { values: ['server', 'compiler'], types: ['../kit', '../../project'] },
  server: {
    values: ['protocol', '../kit'],
    types: ['../cloudbase/client-protocol', '../../project'],
  },
  compiler: { values: ['protocol', '../../project'], types: [] },
  runtime: {
    values: ['frame', 'protocol'],
    types: ['server/calls', '../cloudbase/client-protocol'],
  },
  frame: { values: ['protocol'], types: ['../../project'] },
  protocol: { values: [], types: [] },
}

const inPhone = imports.filter(({ from }) => from.startsWith(`${PHONE}/`))

/** Returns the folder of the phone that a file is in; '' for a file outside all of them. */
function folderOf(file: string): string {
  const [first = '', ...others] = file.slice(PHONE.length + 1).split('/')
  return file.startsWith(`${PHONE}/`) && others.length > 0 ? first : ''
}

function isAllowed({ from, to, typeOnly }: Import): boolean {
  if (to.startsWith(`${PHONE}/`) && folderOf(from) === folderOf(to)) return true
  const { values, types } = ALLOWED[folderOf(from)]!
  return [...values, ...(typeOnly ? types : [])].some((name) => {
    const path = new URL(name, `http://x/${PHONE}/`).pathname.slice(1)
    return to === `${path}.ts` || to.startsWith(`${path}/`)
  })
}

test('each folder of the phone imports only what it may', () => {
  expect(inPhone.length).toBeGreaterThan(100)
  expect(inPhone.filter((found) => !isAllowed(found))).toEqual([])
})
