// Builds survey/web/static/build/ from the design system, our own styles and our scripts: one style sheet, the icons it
// names, and one file of scripts for each kind of page. Every file is written anew, so that nothing of an earlier build
// stays behind.

import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild-wasm'
import { compile } from 'sass'

const KINDS_OF_PAGES = ['page', 'answers', 'controls', 'offline']

const root = join(import.meta.dirname, '..', '..', '..')
const scripts = join(root, 'survey', 'web', 'scripts')
const modules = join(root, 'node_modules')
const designSystem = join(modules, 'nhsuk-frontend', 'dist', 'nhsuk')
const out = join(root, 'survey', 'web', 'static', 'build')

const { css } = compile(join(import.meta.dirname, 'myfyrio.scss'), {
  loadPaths: [modules],
  style: 'compressed',
  quietDeps: true
})

// The names stay as they are: a page that is open asks for its own script, whatever release answers (reachable.js).
const { outputFiles } = await build({
  entryPoints: KINDS_OF_PAGES.map((kind) => join(scripts, `${kind}.js`)),
  outdir: out,
  write: false,
  bundle: true,
  format: 'esm',
  target: 'es2020', // what phones read that get no new browsers any more
  minify: true,
  charset: 'utf8',
  banner: { js: '/*! Myfyrio, with parts of nhsuk-frontend: MIT licence */' },
  legalComments: 'none',
  logLevel: 'warning'
})

await rm(out, { recursive: true, force: true })
await mkdir(join(out, 'images'), { recursive: true })
await write('myfyrio.css', css)
for (const { path, text } of outputFiles) await write(basename(path), text)

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
