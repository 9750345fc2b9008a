import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Project } from '../../../project/project'
import { HTTP_PATHS } from '../../../scripts/cloud/deploy/deploy-functions'
import { readIndexes, readPermissions, readSeed } from '../../../simulator/settings/collections'
import { fillPlaceholders } from '../../../simulator/settings/placeholders'
import { jsonSchema, readSettings } from '../../../simulator/settings/read-settings'
import { project } from '../../support/project'

const root = mkdtempSync(path.join(tmpdir(), 'settings-'))
const folder: Project = {
  root,
  miniprogramRoot: root,
  cloudfunctionRoot: path.join(root, 'functions'),
}
for (const name of ['pay', 'notify']) {
  mkdirSync(path.join(folder.cloudfunctionRoot, name), { recursive: true })
}
afterAll(() => rmSync(root, { recursive: true }))

const write = (file: string, text: string) => writeFileSync(path.join(root, file), text)
const read = (shared: string, local?: string) => {
  write('simulator.json', shared)
  rmSync(path.join(root, 'simulator.local.json'), { force: true })
  if (local !== undefined) write('simulator.local.json', local)
  return readSettings(folder)
}

describe('simulator.json', () => {
  test('of this project is valid', () => {
    expect(readSettings(project).orders?.collection).toBe('orders')
  })

  test('has the HTTP routes that npm run deploy creates', () => {
    const routes = Object.entries(readSettings(project).httpRoutes)
    expect(HTTP_PATHS).toEqual(Object.fromEntries(routes.map(([path, name]) => [name, path])))
  })

  test('has the same label for every status as the contract', () => {
    const { statuses } = readSettings(project).orders!
    const contract = readFileSync(path.join(project.root, 'typings', 'contract.d.ts'), 'utf8')
    const labels = Object.entries(statuses).map(([status, label]) => `${status} ${label}`)
    expect(contract).toContain(`/** ${labels.join(', ')} */`)
  })

  test('has a schema for editors that matches the code', () => {
    const file = path.join(project.root, 'simulator', 'settings', 'simulator.schema.json')
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(jsonSchema())
  })

  test('may be absent', () => {
    rmSync(path.join(root, 'simulator.json'), { force: true })
    expect(readSettings(folder)).toMatchObject({ collections: {}, templates: [] })
  })

  test.each([
    [
      'an unknown key',
      '{\n  "collections": {},\n  "tempaltes": []\n}',
      /^✗ simulator\.json:3: the key tempaltes is not a known setting\n {4}→ delete it, or write one of \$schema, collections, /,
    ],
    [
      'a nested unknown key',
      '{\n  "orders": {\n    "collection": "o", "number": "n", "owner": "w",\n    "status": "s", "statuses": {},\n    "colour": 1\n  }\n}',
      /^✗ simulator\.json:5: the key colour is not .*\n {4}→ delete it, or write one of collection, number, /,
    ],
    [
      'a value of a wrong type',
      '{\n  "warmFunctions": "pay"\n}',
      /^✗ simulator\.json:2: warmFunctions: .*expected array.*\n {4}→ write a value of the type array: functions that are loaded at the start/,
    ],
    [
      'a missing key',
      '{\n  "templates": [\n    {\n      "id": "x",\n      "fields": {}\n    }\n  ]\n}',
      /^✗ simulator\.json:3: templates\.0\.title: .*\n {4}→ write a value of the type string: the title that the shopper sees when asked to accept it$/,
    ],
    [
      'a route without a slash',
      '{\n  "httpRoutes": {\n    "notify": "pay-notify"\n  }\n}',
      /^✗ simulator\.json:3: httpRoutes\.notify: /,
    ],
    [
      'a placeholder that does not exist',
      '{\n  "environment": {\n    "KEY": "{{merchant.kee}}"\n  }\n}',
      /^✗ simulator\.json:3: environment\.KEY: there is no placeholder \{\{merchant\.kee\}\}\n {4}→ use one of \{\{appid\}\}, /,
    ],
    [
      'a file that does not exist',
      '{\n  "collections": {\n    "goods": {\n      "seed": "no-such.json"\n    }\n  }\n}',
      /^✗ simulator\.json:4: collections\.goods\.seed: there is no no-such\.json/,
    ],
    [
      'a function that does not exist',
      '{\n  "warmFunctions": [\n    "pay",\n    "pya"\n  ]\n}',
      /^✗ simulator\.json:4: warmFunctions\.1: there is no function pya\n {4}→ write one of notify, pay$/,
    ],
    [
      'a route to a function that does not exist',
      '{\n  "httpRoutes": {\n    "/n": "nosuch"\n  }\n}',
      /^✗ simulator\.json:3: httpRoutes\.\/n: there is no function nosuch/,
    ],
    [
      'orders in a collection that does not exist',
      '{\n  "orders": {\n    "number": "n", "owner": "w", "status": "s", "statuses": {},\n    "collection": "order"\n  }\n}',
      /^✗ simulator\.json:4: orders\.collection: there is no collection order/,
    ],
    [
      'an invalid template key',
      '{\n  "templates": [{\n    "id": "a", "title": "b", "fields": {\n      "thingy": "c" }\n  }]\n}',
      /^✗ simulator\.json:4: templates\.0\.fields: thingy is not a key of a template/,
    ],
    [
      'a module that the mini program does not have',
      '{\n  "modules": {\n    "confg.ts": {}\n  }\n}',
      /^✗ simulator\.json:3: modules: the mini program has no confg\.ts/,
    ],
    ['invalid JSON', '{\n  "collections": {},\n}', /^✗ simulator\.json:3: is not JSON/],
    ['an empty file', '', /^✗ simulator\.json:1: is not JSON/],
    ['a list', '[]', /^✗ simulator\.json:1: is not an object/],
  ])('with %s is refused, and the error has the line', (_what, text, message) => {
    expect(() => read(text)).toThrow(message)
  })

  test('reports every problem at once', () => {
    const text = '{\n  "a": 1,\n  "warmFunctions": 2\n}'
    expect(() => read(text)).toThrow(/simulator\.json:2[^]*simulator\.json:3|:3[^]*:2/)
  })
})

describe('simulator.local.json', () => {
  const shared = '{ "environment": { "A": "1", "B": "2" }, "warmFunctions": ["pay", "notify"] }'

  test('replaces single values and keeps the others', () => {
    const { environment, warmFunctions } = read(shared, '{ "environment": { "B": "3" } }')
    expect([environment, warmFunctions]).toEqual([{ A: '1', B: '3' }, ['pay', 'notify']])
  })

  test('replaces a list as a whole', () => {
    expect(read(shared, '{ "warmFunctions": ["pay"] }').warmFunctions).toEqual(['pay'])
  })

  test('is named in the error when its value is wrong', () => {
    expect(() => read(shared, '{\n\n"warmFunctions": 1 }')).toThrow(
      /^✗ simulator\.local\.json:3: warmFunctions/,
    )
  })

  test('is not named in the error when the value of simulator.json is wrong', () => {
    expect(() => read('{ "warmFunctions": 1 }', '{ "environment": {} }')).toThrow(
      /^✗ simulator\.json:1: warmFunctions/,
    )
  })

  test('is ignored by git', () => {
    const ignored = readFileSync(path.join(project.root, '.gitignore'), 'utf8').split('\n')
    expect(ignored).toContain('simulator.local.json')
  })
})

describe('the files that simulator.json names', () => {
  const collection = (entry: string) => read(`{ "collections": { "goods": ${entry} } }`)

  test('a collection without permissions is PRIVATE', () => {
    expect(readPermissions(folder, collection('{}'))).toEqual({ goods: { aclTag: 'PRIVATE' } })
  })

  test('a permissions file that lacks the collection is refused', () => {
    write('permissions.json', '{}')
    const settings = collection('{ "permissions": "permissions.json" }')
    expect(() => readPermissions(folder, settings)).toThrow(
      '✗ permissions.json:1: does not name goods',
    )
  })

  test.each(['{ "goods": {} }', '{ "goods": [{ "price": "up" }] }', '{ "goods": [1] }'])(
    'the indexes %s are refused',
    (text) => {
      write('indexes.json', text)
      const settings = collection('{ "indexes": "indexes.json" }')
      expect(() => readIndexes(folder, settings)).toThrow(
        '✗ indexes.json:1: has wrong indexes of goods',
      )
    },
  )

  test('a seed is read with file ids instead of paths', () => {
    write('goods.json', '{"_id":"a","picture":"goods/a.png"}\n\n{"_id":"b"}\n')
    const { collections } = collection('{ "seed": "goods.json", "fileFields": ["picture"] }')
    expect(readSeed(folder, collections['goods']!, (file) => `cloud://${file}`)).toEqual([
      { _id: 'a', picture: 'cloud://goods/a.png' },
      { _id: 'b' },
    ])
  })

  test.each(['[1]', '{"name":"x"}', 'no'])('a seed with the line %s is refused', (line) => {
    write('goods.json', `{"_id":"a"}\n${line}\n`)
    const { collections } = collection('{ "seed": "goods.json" }')
    expect(() => readSeed(folder, collections['goods']!, String)).toThrow(
      '✗ goods.json:2: is not a document',
    )
  })
})

test('placeholders are replaced in every text at any depth', () => {
  const values = {
    appid: 'wx1',
    envId: 'env',
    httpOrigin: 'https://host',
    'merchant.mch_id': '1',
    'merchant.key': '$&',
    'merchant.p12': '/p12',
  }
  const filled = fillPlaceholders(
    { a: '{{appid}} {{ envId }}', b: ['{{merchant.key}}'], c: { d: 1 } },
    values,
  )
  expect(filled).toEqual({ a: 'wx1 env', b: ['$&'], c: { d: 1 } })
})
