import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
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

  test('find files that are named from the root of the mini program', () => {
    mkdirSync(path.join(folder, 'shared'))
    plant('shared/row.wxml', '<template name="row"><text>{{text}}</text></template>')
    plant('shared/row.wxs', 'module.exports = { one: 1 }')
    plant('shared/row.wxss', '.row { color: red; }')
    plant(
      'pages/pay-list/index.wxml',
      '<import src="/shared/row.wxml" /><include src="/shared/row.wxml" />' +
        '<wxs src="/shared/row.wxs" module="row" /><template is="row" data="{{ text: row.one }}" />',
    )
    plant('pages/pay-list/index.wxss', "@import '/shared/row.wxss';")
    expect(templateErrors(folder)).toEqual([])
  })

  test.each([
    ['an unclosed tag', 'pages/pay-list/index.wxml', '<view>'],
    ['an operator without its right side', 'pages/pay-list/index.wxml', '<view>{{a +}}</view>'],
    ['optional chaining in WXML', 'pages/pay-list/index.wxml', '<view>{{a?.b}}</view>'],
    [
      'a missing wxs file from the root',
      'pages/pay-list/index.wxml',
      '<wxs src="/no.wxs" module="no" />',
    ],
    ['a missing wxs file', 'pages/pay-list/index.wxml', '<wxs src="./no.wxs" module="no" />'],
    ['ES6 in WXS', 'utils/money.wxs', 'module.exports = { yuan: (fen) => fen }'],
    ['a broken rule in WXSS', 'app.wxss', '.a { color: '],
    ['a missing import in WXSS', 'app.wxss', "@import './no.wxss';"],
    ['a missing import from the root in WXSS', 'app.wxss', "@import '/no.wxss';"],
  ])('find %s', (_what, file, text) => {
    plant(file, text)
    expect(templateErrors(folder).join('\n')).toContain(path.basename(file))
  })
})
