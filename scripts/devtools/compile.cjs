// Compiles the mini program as WeChat DevTools does, without network or account. Forked by
// scripts/checks/sources/devtools.ts with the project's folder; sends the problems that it finds,
// [{file, problem}].
// It uses internals of miniprogram-ci (`attr`, the white list): the version is pinned.
const ci = require('miniprogram-ci')
const whiteList = require('miniprogram-ci/dist/utils/white_ext_list')

// Without these, it would request both from servicewechat.com.
const attr = async () => ci.DefaultProjectAttr
whiteList.getWhiteExtList = async () => ({
  MiniProgramWhiteList: new Set(whiteList.MiniProgramWhiteList),
  GameWhiteList: new Set(whiteList.GameWhiteList),
})

async function compile(projectPath) {
  const project = new ci.Project({
    projectPath,
    attr,
    type: 'miniProgram',
    appid: 'touristappid',
    privateKey: 'needed to upload only',
    ignores: ['node_modules/**/*'],
  })
  const setting = { useProjectConfig: true }
  try {
    await ci.getCompiledResult({ project, version: '0', setting, onProgressUpdate() {} })
    return []
  } catch ({ path: file = '', message }) {
    return [{ file, problem: message }]
  }
}

ci.setLocale('en')
// It forks a compiler of its own and keeps sockets open: only exit() ends this process.
void compile(process.argv[2]).then((problems) => process.send(problems, () => process.exit()))
