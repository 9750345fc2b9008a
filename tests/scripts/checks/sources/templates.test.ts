import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { templateErrors } from '../../../../scripts/checks/sources/templates'
import { project } from '../../../support/project'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'templates-'))
  cpSync(path.join(project.root, 'miniprogram'), folder, { recursive: true })
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const plant = (file: string, text: string) => writeFileSync(path.join(folder, file), text)

describe('WeChat’s compilers', () => {
  test('find nothing wrong with the mini program', () => {
    expect(templateErrors(path.join(project.root, 'miniprogram'))).toEqual([])
  })

  test.each([
    ['an unclosed tag', 'pages/pay-list/index.wxml', '<view>'],
    ['an operator without its right side', 'pages/pay-list/index.wxml', '<view>{{a +}}</view>'],
    ['optional chaining in WXML', 'pages/pay-list/index.wxml', '<view>{{a?.b}}</view>'],
    ['a missing wxs file', 'pages/pay-list/index.wxml', '<wxs src="./no.wxs" module="no" />'],
    ['ES6 in WXS', 'utils/money.wxs', 'module.exports = { yuan: (fen) => fen }'],
    ['a broken rule in WXSS', 'app.wxss', '.a { color: '],
    ['a missing import in WXSS', 'app.wxss', "@import './no.wxss';"],
  ])('find %s', (_what, file, text) => {
    plant(file, text)
    expect(templateErrors(folder).join('\n')).toContain(path.basename(file))
  })
})
