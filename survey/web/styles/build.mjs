// Builds survey/web/static/build/ from the design system and our own styles: one style sheet, one script, and the icons the sheet names.
// Every file is written anew, so that nothing of an earlier build stays behind.

import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { compile } from 'sass'

const root = join(import.meta.dirname, '..', '..', '..')
const modules = join(root, 'node_modules')
const designSystem = join(modules, 'nhsuk-frontend', 'dist', 'nhsuk')
const out = join(root, 'survey', 'web', 'static', 'build')

const { css } = compile(join(import.meta.dirname, 'myfyrio.scss'), {
  loadPaths: [modules],
  style: 'compressed',
  quietDeps: true
})

const minified = await readFile(join(designSystem, 'nhsuk-frontend.min.js'), 'utf8')
const script = minified.replace(/\/\/# sourceMappingURL=.*\s*$/, '\n')

await rm(out, { recursive: true, force: true })
await mkdir(join(out, 'images'), { recursive: true })
await write('myfyrio.css', css)
await write('nhsuk-frontend.min.js', script)

const icons = new Set([...css.matchAll(/url\("?images\/([^")]+)"?\)/g)].map((found) => found[1]))
for (const icon of icons) {
  await copyFile(join(designSystem, 'assets', 'images', icon), join(out, 'images', icon))
}
console.log(`  images/: ${icons.size} icons`)

async function write(name, text) {
  await writeFile(join(out, name), text)
  const kilobytes = (bytes) => (bytes / 1000).toFixed(1)
  console.log(`  ${name}: ${kilobytes(Buffer.byteLength(text))} KB, ${kilobytes(gzipSync(text).length)} KB gzipped`)
}
