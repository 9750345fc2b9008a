// Compares JSON files with the schemas of WeChat DevTools. Forked by
// scripts/checks/sources/devtools.ts with the project's folder and a `schema:file` for each file;
// sends the problems that it finds, [{file, problem}].
const { readFileSync } = require('node:fs')
const path = require('node:path')
const { schemaValidate } = require('miniprogram-ci')

function problemsOf(schema, json) {
  const { warning, error } = schemaValidate(schema, json)
  const broken = error.map(({ errorProperty, errorType, correctType, requireProperty }) => {
    const rule = correctType ? `should be ${correctType.join(' or ')}` : requireProperty
    return `${errorProperty || 'the whole'} breaks the rule "${errorType}": ${rule}`
  })
  return warning === '' ? broken : [`has a key that DevTools does not know: ${warning}`, ...broken]
}

const [root, ...pairs] = process.argv.slice(2)
const problems = pairs.flatMap((pair) => {
  const [schema, file] = pair.split(':')
  const json = JSON.parse(readFileSync(path.join(root, file), 'utf8'))
  return problemsOf(schema, json).map((problem) => ({ file, problem }))
})
process.send(problems, () => process.exit())
