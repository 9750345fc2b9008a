import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { openProject } from '../../project/project'

const root = mkdtempSync(path.join(tmpdir(), 'project-'))
mkdirSync(path.join(root, 'app'))
mkdirSync(path.join(root, 'cloudfunctions'))
afterAll(() => rmSync(root, { recursive: true }))

const open = (config: string) => {
  writeFileSync(path.join(root, 'project.config.json'), config)
  return openProject(root)
}

test('a project is found by project.config.json', () => {
  expect(open('{ "miniprogramRoot": "app/" }')).toEqual({
    root,
    miniprogramRoot: path.join(root, 'app'),
    cloudfunctionRoot: path.join(root, 'cloudfunctions'),
  })
})

test.each([
  [
    '{ "miniprogramRoot": "ap" }',
    '✗ project.config.json: miniprogramRoot: there is no folder ap\n    → correct the path',
  ],
  ['{ "cloudfunctionRoot": "functions/" }', 'cloudfunctionRoot: there is no folder functions/'],
  ['{\n  "appid" "x"\n}', '✗ project.config.json:2: is not JSON: '],
  ['', '✗ project.config.json:1: is not JSON: '],
])('%s is refused', (config, message) => {
  expect(() => open(config)).toThrow(message)
})

test('a folder without project.config.json is refused', () => {
  expect(() => openProject(path.join(root, 'app'))).toThrow('project.config.json: is missing')
})
