// SPDX-License-Identifier: AGPL-3.0-or-later
// The main job, in a real browser on a real portal, at desktop and phone width: identification, mail, link, password,
// confirmation, voter space, scrutins and lists, vote, receipt, sign-out, sign-in again, réassort; then the office counts
// and the results are on the page. The order matters: the count closes the vote for everybody.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { readFile, readdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { root } from '../http/client.mjs'
import { axe_finds } from './axe.mjs'
import { instance, launch, linkIn, message, office, overflow, picture, portal, visitor } from './support.mjs'
import { people_of } from '../http/places.mjs'

const password = 'Bulletin-vert-92'
let browser
before(async () => { browser = await launch() })
after(async () => { await browser.close() })

const heading = page => page.locator('h1').innerText()

async function activate (page, size, person) {
  await page.goto(portal + '/')
  await picture(page, size, '01-accueil')
  await page.getByRole('link', { name: 'Créer mon espace électeur' }).click()
  await page.getByLabel('Adresse professionnelle').fill(person.adresse)
  await picture(page, size, '02-identification')
  const asked = Date.now() - 1000
  await page.getByRole('button', { name: 'VALIDER' }).click()
  await page.waitForURL('**/portail/attente.htm')
  await picture(page, size, '03-attente')
  const mail = await message(person.adresse, /mot de passe/i, asked)
  await page.goto(linkIn(mail))
  assert.ok(!page.url().includes('token='), 'the address bar no longer shows the token')
  await page.getByRole('button', { name: 'Créer mon mot de passe' }).click()
  await page.getByLabel('Mot de passe personnel électeur', { exact: false }).first().fill('motdepasse1')
  await page.getByLabel('Confirmation', { exact: false }).fill('motdepasse1')
  await page.getByRole('button', { name: 'VALIDER' }).click()
  assert.match(await page.title(), /^Erreur/)
  assert.match(await page.locator('main').innerText(), /majuscule/)
  await picture(page, size, '04-mot-de-passe-refuse')
  await page.locator('input[name=mot_de_passe]').fill(password)
  await page.locator('input[name=confirmation]').fill(password)
  await page.getByRole('button', { name: 'VALIDER' }).click()
  await page.waitForURL('**/espace')
  const dialogue = page.getByRole('dialog', { name: 'Confirmation mot de passe' })
  assert.match(await dialogue.innerText(), /Votre mot de passe est confirmé\. Conservez-le précieusement\./)
  await picture(page, size, '05-confirmation')
  await dialogue.getByRole('button', { name: 'OK, j’ai compris' }).click()
  await dialogue.waitFor({ state: 'hidden' })
  await picture(page, size, '06-espace')
  return mail
}

async function vote (page, size, person, choice) {
  await page.goto(portal + '/vote')
  await picture(page, size, '09-je-vote')
  const title = (await page.locator('.p-card:has(a:has-text("Voter")) h2').first().innerText()).trim()
  await page.getByRole('link', { name: /^Voter/ }).first().click()
  await page.locator('#booth-code').fill('2345-2345-2345-2345')
  await page.getByRole('button', { name: 'Continuer' }).click()
  await page.locator('#booth-error').waitFor()
  await page.locator('#booth-code').fill(person.code.toLowerCase().replaceAll('-', ' '))
  await picture(page, size, '10-code')
  await page.getByRole('button', { name: 'Continuer' }).click()
  await page.locator('#booth-bulletin-step').waitFor()
  assert.equal(await page.locator('input[name=booth-choice]:checked').count(), 0, 'nothing is chosen in advance')
  await page.locator(`label[for=booth-choice-${choice}]`).click()
  await picture(page, size, '11-bulletin')
  await page.locator('#booth-bulletin-step').getByRole('button', { name: 'Continuer' }).click()
  await page.locator('#booth-verification-step').waitFor({ timeout: 60_000 })
  assert.match(await page.locator('main').innerText(), /Votre vote n’est pas encore enregistré/)
  const reference = await page.locator('#booth-reference').innerText()
  await picture(page, size, '12-verification')
  await page.getByRole('button', { name: 'Je vote' }).click()
  await page.locator('#booth-recu-step').waitFor({ timeout: 30_000 })
  assert.equal(await heading(page), 'Votre vote est enregistré')
  assert.equal(await page.locator('#booth-receipt-reference').innerText(), reference)
  await picture(page, size, '13-preuve')
  const [paper] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Enregistrer ma preuve de vote (PDF)' }).click()])
  const file = await page.locator('#booth-receipt-file').textContent()
  checkPaper(await paper.path(), reference, file)
  await page.getByRole('link', { name: 'Retour à mes scrutins' }).last().click()
  await page.waitForURL('**/vote')
  return { title, reference }
}

// The document as a person reads it (text), as a telephone reads it (code) and as the auditor's program does.
function checkPaper (path, reference, file) {
  const text = spawnSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' }).stdout
  assert.match(text, /Preuve de vote/)
  assert.match(text, /\(heure\s+de\s+Paris\)/)
  assert.ok(text.includes(reference), text)
  spawnSync('pdftoppm', ['-r', '150', '-png', '-singlefile', path, path])
  assert.equal(spawnSync('zbarimg', ['--raw', '--quiet', `${path}.png`], { encoding: 'utf8' }).stdout.trim(), file)
  const key = text.match(/--key (\S+)/)[1]
  const said = spawnSync(join(process.env.PORTAIL_BUILD ?? join(root, 'build'), 'bin', 'scrutin-verify'), ['receipt', path, '--key', key], { encoding: 'utf8' })
  assert.equal(said.status, 0, said.stderr + said.stdout)
}

async function signOut (page) {
  await page.getByRole('button', { name: 'DÉCONNEXION' }).click()
  await page.waitForLoadState()
  await page.goto(portal + '/espace')
  assert.match(page.url(), /\/connexion/)
}

async function signIn (page, person) {
  await page.goto(portal + '/connexion')
  await page.locator('input[name=adresse]').fill(person.adresse)
  await page.locator('input[name=mot_de_passe]').fill(password)
  await page.locator('main form button[type=submit]').first().click()
  await page.waitForURL('**/espace')
}

let cast

for (const [size, index, choice] of [['desktop', 0, 1], ['phone', 1, 0]]) {
  describe(`an elector at ${size} width`, () => {
    let person, page, faults, context, mail
    before(async () => {
      person = (await people_of(import.meta.url))[index]  // each journey takes its own
      ;({ page, faults, context } = await visitor(browser, size))
    })
    after(async () => { await context.close() })

    it('opens the voter space from the mailed link', async () => { mail = await activate(page, size, person) })

    it('finds the link spent when it is opened again', async () => {
      const other = await visitor(browser, size)
      await other.page.goto(linkIn(mail))
      const text = await other.page.locator('main').innerText()
      assert.match(text, /déjà (servi|été utilisé)/i)
      await other.context.close()
    })

    it('sees the scrutins, their lists and the roll', async () => {
      await page.goto(portal + '/scrutins')
      assert.ok(await page.locator('main').getByText('ouvert', { exact: false }).count() > 0)
      await picture(page, size, '07-mes-scrutins')
      await page.locator('main a[href^="/scrutins/"]').first().click()
      assert.ok(await page.locator('main a[href$="profession-de-foi"]').count() > 0)
      await picture(page, size, '08-listes')
      const pdf = await page.request.get(portal + await page.locator('main a[href$="profession-de-foi"]').first().getAttribute('href'))
      assert.equal(pdf.status(), 200)
      assert.equal((await pdf.body()).subarray(0, 5).toString(), '%PDF-')
      await page.goto(portal + '/listes-electorales')
      await page.locator('main a[href^="/listes-electorales/"]').first().click()
    })

    it('votes, gets a proof, and the scrutin shows « voté »', async () => {
      cast = await vote(page, size, person, choice)
      const card = page.locator('.p-card', { hasText: cast.title })
      assert.match(await card.innerText(), /voté/i)
      assert.equal(await card.getByRole('link', { name: /^Voter/ }).count(), 0)
    })

    it('cannot vote twice, also by the address of the ballot page', async () => {
      await page.goto(portal + '/vote')
      const href = await page.locator('.p-card', { hasText: cast.title }).locator('a[href$="accuse"]').getAttribute('href')
      await page.goto(portal + href.replace('accuse', 'bulletin'))
      assert.equal(await page.locator('#booth').count(), 0)
      assert.match(await page.locator('main').innerText(), /voté/)
    })

    it('signs out, and signs in again with the password', async () => {
      await signOut(page)
      await signIn(page, person)
    })

    it('gets a new code by SMS, and the old one no longer opens', async () => {
      await page.goto(portal + '/reassort')
      await page.locator('input[name=telephone]').fill('06 39 98 00 1' + index)
      await page.locator('input[name=numen]').fill(person.numen.toLowerCase())
      await page.locator('input[name=naissance]').fill(person.naissance)
      await picture(page, size, '14-reassort')
      const asked = Date.now() - 1000  // 06 39 is Mayotte's: +262
      await page.getByRole('button', { name: /Vérifier/ }).click()
      await page.locator('main form[action="/reassort"] button[type=submit]').click()
      await page.waitForURL('**/reassort/envoi')
      await picture(page, size, '15-code-envoye')
      const sms = await message(`26263998001${index}@sms.example`, /./, asked)
      const fresh = sms.text.match(/[2-9A-HJ-NP-Z]{4}(?:-[2-9A-HJ-NP-Z]{4}){3}/)[0]
      await message(person.adresse, /code/i, asked)
      assert.notEqual(fresh, person.code)
      await page.goto(portal + '/vote')
      await page.getByRole('link', { name: /^Voter/ }).first().click()
      await page.locator('#booth-code').fill(person.code)
      await page.getByRole('button', { name: 'Continuer' }).click()
      await page.locator('#booth-error').waitFor()
      await page.locator('#booth-code').fill(fresh)
      await page.getByRole('button', { name: 'Continuer' }).click()
      await page.locator('#booth-bulletin-step').waitFor()
      person.code = fresh
    })

    it('votes in every other scrutin with the new code', async () => {
      await page.goto(portal + '/vote')
      let left = await page.getByRole('link', { name: /^Voter/ }).count()
      while (left-- > 0) {
        await page.goto(portal + '/vote')
        await page.getByRole('link', { name: /^Voter/ }).first().click()
        await page.locator('#booth-code').fill(person.code)
        await page.getByRole('button', { name: 'Continuer' }).click()
        await page.locator('#booth-bulletin-step').waitFor()
        await page.locator('label[for=booth-choice-1]').click()
        await page.locator('#booth-bulletin-step').getByRole('button', { name: 'Continuer' }).click()
        await page.locator('#booth-verification-step').waitFor({ timeout: 60_000 })
        await page.getByRole('button', { name: 'Je vote' }).click()
        await page.locator('#booth-recu-step').waitFor({ timeout: 30_000 })
      }
      await page.goto(portal + '/vote')
      assert.equal(await page.getByRole('link', { name: /^Voter/ }).count(), 0)
    })

    it('meets no sideways scroll on any page', async () => {
      for (const path of ['/', '/connexion', '/espace', '/scrutins', '/vote', '/profil', '/aide', '/assistance', '/reclamations', '/listes-electorales', '/resultats', '/mes-connexions', '/qui-vote-ou', '/reassort']) {
        await page.goto(portal + path)
        assert.ok(await overflow(page) <= 0, `${path} is wider than the screen by ${await overflow(page)} px`)
      }
    })

    it('met no script error, refused resource or other origin on the way', () => { assert.deepEqual(faults, []) })
  })
}

// Few votes make equals; the lot falls on the first of them, each time.
async function proclaim () {
  const ties = error => [...(error.stdout ?? '').matchAll(/^Égalité à (\S+) entre (\d+) /gm)]
  let open = []
  try {
    await office('proclaim', '--yes')
  } catch (error) {
    open = ties(error).map(([, code]) => code)
    if (open.length === 0) throw error
  }
  for (const code of open) {
    for (const draws = []; ;) {
      try {
        await office('proclaim', '--yes', '--scrutin', code, ...(draws.length > 0 ? ['--draw', draws.join(',')] : []))
        break
      } catch (error) {
        const [tie] = ties(error)
        if (!tie || draws.length > 20) throw error
        draws.push(`${code}=${tie[2]}`)
      }
    }
  }
}

describe('the office', () => {
  it('closes, two of three trustees decrypt, and the results are proclaimed', { timeout: 300_000 }, async () => {
    await office('close')
    const keys = (await readdir(join(instance, 'trustees'), { recursive: true })).filter(name => /porteur-[13]\.cle$/.test(name))
    assert.ok(keys.length >= 2)
    for (const key of keys) await office('decrypt', '--key', join(instance, 'trustees', key))
    await office('tally')
    await proclaim()
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
    const page = await context.newPage()
    const results = page.locator('main a[href^="/resultats/"]')
    await page.goto(portal + '/resultats')
    for (let tries = 0; tries < 20 && await results.count() === 0; tries++) {  // workers read the calendar again every 3 s
      await page.waitForTimeout(500)
      await page.reload()
    }
    await results.first().click()
    assert.match(await page.locator('main').innerText(), /Blancs|blancs/)
    await picture(page, 'desktop', '16-resultats')
    await context.close()
  })

  it('publishes minutes and archive, which anybody gets as the page says they are', { timeout: 300_000 }, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'portail-dossiers-'))
    await office('bundle', '--out', folder, '--scrutin', 'ctm')
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
    const page = await context.newPage()
    await page.goto(portal + '/resultats/ctm')
    assert.match(await page.locator('main').innerText(), /s’afficheront ici, avec leurs empreintes/)
    await office('bundle', 'publish', folder, '--scrutin', 'ctm')
    await page.reload()
    const papers = await page.locator('main a[href*="/pieces/"]').evaluateAll(links => links.map(link => ({ href: link.href, digest: link.closest('tr').querySelector('td.p-reference').textContent })))
    assert.equal(papers.length, 8)
    const downloads = await mkdtemp(join(tmpdir(), 'portail-pieces-'))
    for (const { href, digest } of papers) {
      const answer = await fetch(href), bytes = Buffer.from(await answer.arrayBuffer())
      const found = createHash('sha256').update(bytes).digest()
      assert.equal(answer.status, 200, href)
      assert.equal(found.toString('hex'), digest, href)
      assert.equal(answer.headers.get('repr-digest'), `sha-256=:${found.toString('base64')}:`)
      const [, name] = answer.headers.get('content-disposition').match(/^attachment; filename="([A-Za-z0-9.-]+)"$/)
      await writeFile(join(downloads, name), bytes)
      assert.match(answer.headers.get('content-security-policy'), /^default-src 'none'; sandbox;/)
      for (const [name, value] of [['x-content-type-options', 'nosniff'], ['referrer-policy', 'no-referrer'], ['cache-control', 'no-store'], ['strict-transport-security', 'max-age=31536000; includeSubDomains']]) assert.equal(answer.headers.get(name), value, `${name} of ${href}`)
    }
    // Side by side as they were downloaded: their list, and the archive with its second proofs and its log's end.
    assert.equal(spawnSync('sha256sum', ['--quiet', '-c', 'SHA256SUMS'], { cwd: downloads, encoding: 'utf8' }).status, 0)
    const archive = papers.find(({ href }) => href.endsWith('.bel'))
    assert.match(await office('verify', join(downloads, archive.href.split('/').at(-1))), /\nall checks passed\n$/)
    const part = await fetch(archive.href, { headers: { Range: 'bytes=0-9' } })
    assert.equal(part.status, 206)
    assert.equal((await part.arrayBuffer()).byteLength, 10)
    for (const path of [`/pieces-publiees/ctm/${archive.digest}`, '/resultats/ctm/pieces/journal.txt', '/resultats/ctm/pieces/..%2f..%2fsecrets', '/resultats/ctp/pieces/SHA256SUMS']) assert.equal((await fetch(portal + path)).status, 404, path)
    assert.deepEqual(await axe_finds(page, ['color-contrast', 'region', 'scrollable-region-focusable', 'th-has-data-cells', 'link-name', 'heading-order']), [])
    await context.close()
  })

  it('exports archives that our verifier accepts, and belenios-tool the BELENIOS-2048 ones', { timeout: 300_000 }, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'portail-export-'))
    await office('export', folder)
    const scrutins = await readdir(folder)
    assert.ok(scrutins.length > 1)
    let judged = 0
    for (const scrutin of scrutins) {  // one folder per scrutin, as the tool wants it
      const [file] = (await readdir(join(folder, scrutin))).filter(name => name.endsWith('.bel'))
      // Ours, in every group: the ballots in it were made in Chromium's worker.
      assert.match(await office('verify', join(folder, scrutin, file)), /\nall checks passed\n$/)
      if (!(await readFile(join(folder, scrutin, file), 'latin1')).includes('"group":"BELENIOS-2048"')) continue
      const said = spawnSync('belenios-tool', ['election', 'verify', '--dir', join(folder, scrutin)], { encoding: 'utf8' })
      assert.equal(said.status, 0, said.stderr)
      assert.match(said.stdout + said.stderr, /all checks passed/)
      judged++
    }
    assert.ok(judged > 0, 'the demonstration has a scrutin in BELENIOS-2048')
  })
})
