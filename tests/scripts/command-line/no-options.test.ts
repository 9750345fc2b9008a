import { spawnSync } from 'node:child_process'

test.each(['build', 'doctor', 'verify'])('npm run %s refuses options in one line', (name) => {
  const { status, stderr } = spawnSync(
    process.execPath,
    ['scripts/run.mjs', `scripts/${name}.ts`, '--fix'],
    { encoding: 'utf8' },
  )
  expect(stderr).toBe(`npm run ${name} takes no options, and was given --fix.\n`)
  expect(status).toBe(1)
})
