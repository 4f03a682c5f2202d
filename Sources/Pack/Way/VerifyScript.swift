/// The script of `verify.html`: the same in every pack, so that its hash is one number.
///
/// Plain JavaScript over WebCrypto, written to be read: manifests, the log's root and signed head,
/// sign-offs by Ed25519 keys. Everything else is named as not checked. Text from the pack is put on
/// the page as text alone.
enum VerifyScript {
  static let text = #"""
    'use strict';
    const OK = 'holds', WRONG = 'WRONG', NOT = 'not checked';
    const utf8 = new TextDecoder('utf-8', {fatal: true});
    const text = bytes => utf8.decode(bytes);
    const bytesOf = string => new TextEncoder().encode(string);
    const hex = bytes => Array.from(bytes, b => b.toString(16).padStart(2, '0')).join('');
    const same = (a, b) => a.length === b.length && a.every((x, i) => x === b[i]);
    const join = (...parts) => {
      const all = new Uint8Array(parts.reduce((n, p) => n + p.length, 0));
      let at = 0;
      for (const p of parts) { all.set(p, at); at += p.length; }
      return all;
    };
    const digest = async (name, bytes) => new Uint8Array(await crypto.subtle.digest(name, bytes));
    const base64 = string => {
      if (!/^[A-Za-z0-9+\/]*={0,2}$/.test(string) || string.length % 4) throw Error('base64');
      const raw = Uint8Array.from(atob(string), c => c.charCodeAt(0));
      if (btoa(String.fromCharCode(...raw)) !== string) throw Error('base64');
      return raw;
    };
    const linesOf = bytes => {
      const lines = [];
      let start = 0;
      for (let i = 0; i < bytes.length; i++)
        if (bytes[i] === 10) { lines.push(bytes.subarray(start, i)); start = i + 1; }
      if (start !== bytes.length) throw Error('the last line is unfinished');
      return lines;
    };
    const ed25519 = async (key, signature, message) => {
      const k = await crypto.subtle.importKey('raw', key, {name: 'Ed25519'}, false, ['verify']);
      return crypto.subtle.verify({name: 'Ed25519'}, k, signature, message);
    };

    // RFC 6962: leaf 00, node 01; the right edge of the tree is enough.
    async function rootOf(edge, leaves) {
      for (const leaf of leaves) {
        let hash = await digest('SHA-256', join([0], leaf));
        for (let n = edge.size; n % 2 === 1; n = (n - 1) / 2)
          hash = await digest('SHA-256', join([1], edge.parts.pop(), hash));
        edge.parts.push(hash);
        edge.size += 1;
      }
      let root = null;
      for (const part of [...edge.parts].reverse())
        root = root ? await digest('SHA-256', join([1], part, root)) : part;
      return root || digest('SHA-256', new Uint8Array());
    }

    // A C2SP signed note by a verifier key name+id+base64.
    async function openNote(bytes, vkey) {
      const all = text(bytes), gap = all.lastIndexOf('\n\n');
      const body = all.slice(0, gap + 1), [name, id, key] = vkey.trim().split(/\+(.*?)\+(.*)/s);
      const raw = base64(key);
      const own = hex(await digest('SHA-256', join(bytesOf(name + '\n'), raw))).slice(0, 8);
      if (raw[0] !== 1 || own !== id) throw Error('the key of the log is malformed');
      for (const line of all.slice(gap + 2).split('\n')) {
        if (!line.startsWith('\u2014 ' + name + ' ')) continue;
        const signature = base64(line.slice(name.length + 3));
        if (hex(signature.subarray(0, 4)) !== id) continue;
        if (!await ed25519(raw.subarray(1), signature.subarray(4), bytesOf(body))) break;
        const [origin, size, root] = body.split('\n');
        return {origin, size: Number(size), root};
      }
      throw Error('the head of the log is not signed by its key');
    }

    // PROTOCOL.sshsig.
    function openSignature(bytes) {
      const lines = text(bytes).split('\n');
      if (lines.shift() !== '-----BEGIN SSH SIGNATURE-----' || lines.pop() !== '' ||
          lines.pop() !== '-----END SSH SIGNATURE-----') throw Error('armour');
      const blob = base64(lines.join(''));
      let at = 10;
      const take = (from = blob, n = null) => {
        const length = new DataView(from.buffer, from.byteOffset + at, 4).getUint32(0);
        const part = from.subarray(at + 4, at + 4 + length);
        if (part.length !== length) throw Error('cut');
        at += 4 + length;
        return part;
      };
      if (text(blob.subarray(0, 6)) !== 'SSHSIG' || hex(blob.subarray(6, 10)) !== '00000001')
        throw Error('version');
      const key = take(), space = text(take()), reserved = take(), hash = text(take());
      const signature = take();
      if (at !== blob.length || reserved.length) throw Error('length');
      at = 0;
      const type = text(take(key)), value = take(key);
      at = 0;
      const kind = text(take(signature)), proper = take(signature);
      return {key, space, hash, type, value, kind, proper};
    }

    const wire = bytes => {
      const size = new Uint8Array(4);
      new DataView(size.buffer).setUint32(0, bytes.length);
      return join(size, bytes);
    };

    function allowed(list, who, space, blob, made) {
      for (const line of list.split('\n')) {
        const m = line.match(/^([^\s"]+)(?:\s+namespaces="([^"]*)")?\s+(ssh-\S+)\s+(\S+)/);
        if (!m || m[1] !== who || m[4] !== btoa(String.fromCharCode(...blob))) continue;
        if (!m[2] || m[2].split(',').includes(space)) return true;
      }
      return false;
    }

    async function checkSignoff(name, statement, armour, list, digests, redacted) {
      const lines = text(statement).split('\n'), head = {}, covers = [];
      for (const line of lines) {
        const field = line.match(/^# ([a-z]+): (.*)$/), file = line.match(/^([0-9a-f]{64})  (.+)$/);
        if (field) head[field[1]] = field[2];
        if (file) covers.push([file[1], file[2]]);
      }
      if (lines[0] !== '# assure.signoff/v1' || covers.length !== Number(head.covers))
        return [WRONG, name + ': no statement of this format'];
      const s = openSignature(armour), space = head.role + '@assure';
      const who = `${head.signer} (${head.role}: ${head.decision}, ${head.scope})`;
      if (s.space !== space) return [WRONG, `${name}: signed in another role than ${head.role}`];
      if (s.type !== 'ssh-ed25519' || s.kind !== s.type)
        return [NOT, `${name}: ${who}: a key of type ${s.type}`];
      const name512 = {sha512: 'SHA-512', sha256: 'SHA-256'}[s.hash];
      if (!name512) return [NOT, `${name}: a hash ${s.hash}`];
      const message = join(bytesOf('SSHSIG'), wire(bytesOf(space)), wire(new Uint8Array()),
        wire(bytesOf(s.hash)), wire(await digest(name512, statement)));
      if (!await ed25519(s.value, s.proper, message))
        return [WRONG, `${name}: the signature of ${who} is not over this text`];
      if (!allowed(list, head.signer, space, s.key))
        return [WRONG, `${name}: this key may not sign as ${who} by the list of signers`];
      const facts = {...head, name, who, sum: hex(await digest('SHA-256', statement))};
      if (head.decision !== 'withdrawn') {
        const stale = covers.filter(([sum, path]) => digests.get(path) !== sum);
        if (stale.length && redacted)
          return [NOT, `${name}: ${who} signed this; what it covers is redacted here`];
        if (stale.length)
          return [WRONG, `${name}: ${who}: changed since: ${stale.map(c => c[1]).join(', ')}`,
            {...facts, isStale: true}];
      }
      return [OK, `${name}: ${who} signed ${covers.length} files as they are here`, facts];
    }

    // A signature that no longer fits is nothing wrong if it was taken back, or given again.
    function settled(results) {
      return results.map(([word, what, one], index) => {
        if (!one || !one.isStale) return [word, what];
        const later = results.slice(index + 1).filter(r => r[0] === OK && r[2]).map(r => r[2]);
        const back = later.find(r => r.withdraws === one.sum && r.signer === one.signer);
        if (back) return [OK, `${one.name}: ${one.who}: taken back in ${back.name}`];
        const again = later.find(r => r.role === one.role && r.scope === one.scope &&
          !['rejected', 'withdrawn'].includes(r.decision) &&
          (!r.scope.startsWith('independence') || r.signer === one.signer));
        return again
          ? [OK, `${one.name}: ${one.who}: changed since, and signed again in ${again.name}`]
          : [word, what];
      });
    }

    async function checkLists(files, read, say) {
      const digests = new Map(), listed = new Set();
      for (const [kind, size, algorithm] of [['256', 64, 'SHA-256'], ['512', 128, 'SHA-512']]) {
        let wrong = 0, count = 0;
        for (const prefix of ['tagmanifest', 'manifest']) {
          const list = `${prefix}-sha${kind}.txt`;
          if (!files.has(list)) { say(WRONG, list + ' is not there'); wrong++; continue; }
          for (const line of text(await read(list)).split('\n').slice(0, -1)) {
            const m = line.match(/^([0-9a-f]+)  ([A-Za-z0-9._\/-]+)$/);
            if (!m || m[1].length !== size || m[2].split('/').includes('..')) {
              say(WRONG, `${list}: a line that is no checksum and path`); wrong++; continue;
            }
            listed.add(m[2]);
            count++;
            if (!files.has(m[2])) { say(WRONG, m[2] + ' is missing'); wrong++; continue; }
            const sum = hex(await digest(algorithm, await read(m[2])));
            if (kind === '256') digests.set(m[2], sum);
            if (sum !== m[1]) { say(WRONG, `${m[2]}: not the bytes of ${list}`); wrong++; }
          }
        }
        if (!wrong) say(OK, `${count} files have the bytes that the SHA-${kind} lists state`);
      }
      for (const path of files.keys())
        if (!listed.has(path) && !path.startsWith('seal/') && !path.startsWith('tagmanifest-'))
          say(WRONG, path + ' is in no list');
      return digests;
    }

    async function checkLog(files, read, say) {
      const events = linesOf(await read('data/trail/events.jsonl'));
      if (events.length > 200000) return say(NOT, 'the log: too long for a browser');
      const vkey = files.has('data/keys/log.vkey') && text(await read('data/keys/log.vkey'));
      if (!vkey) return say(NOT, 'the log’s head: its key is not in the pack');
      const edge = {size: 0, parts: []};
      const parts = [['data/trail/checkpoint', events]];
      if (files.has('seal/events-after-pack.jsonl'))
        parts.push(['seal/checkpoint', linesOf(await read('seal/events-after-pack.jsonl'))]);
      for (const [path, leaves] of parts) {
        try {
          const note = await openNote(await read(path), vkey);
          const root = btoa(String.fromCharCode(...await rootOf(edge, leaves)));
          if (note.size !== edge.size || note.root !== root) throw Error('it is over other events');
          say(OK, `${path}: ${note.size} events have the signed root ${root}`);
        } catch (error) { say(WRONG, `${path}: ${error.message}`); }
      }
    }

    async function check(files, ownSigners) {
      const lines = [], say = (word, what) => lines.push([word, what]);
      const read = async path => {
        if (!files.has(path)) throw Error(path + ' is missing');
        return new Uint8Array(await files.get(path).arrayBuffer());
      };
      let number = '';
      try {
        if (!files.has('bagit.txt'))
          throw Error('this folder is no pack: choose the one that holds bagit.txt');
        const digests = await checkLists(files, read, say);
        number = hex(await digest('SHA-256', await read('tagmanifest-sha256.txt')));
        digests.set('tagmanifest-sha256.txt', number);
        await checkLog(files, read, say);
        const list = ownSigners !== null ? ownSigners : files.has('data/keys/allowed_signers')
          ? text(await read('data/keys/allowed_signers')) : '';
        const statements = [...files.keys()].sort()
          .filter(p => /^(data\/signoffs|seal)\/[0-9]{4,}-[^\/]*\.txt$/.test(p));
        const results = [];
        for (const path of statements) {
          try {
            results.push(await checkSignoff(path, await read(path),
              await read(path.replace(/\.txt$/, '.sig')), list, digests,
              files.has('data/redaction.csv')));
          } catch (error) {
            results.push([WRONG, `${path}: its signature is malformed (${error.message})`]);
          }
        }
        for (const [word, what] of settled(results)) say(word, what);
        if (files.has('data/redaction.csv'))
          say(NOT, 'this pack is redacted, it is not the whole: see data/redaction.csv');
        if (!statements.length) say(NOT, 'signatures: the pack holds none');
        else if (ownSigners === null)
          say(NOT, 'whose keys signed: the list of signers is the pack’s own');
        say(NOT, 'when it was signed, in which order and by whom else: use `assure verify`');
        say(NOT, 'figures, samples and pages: use `assure rerun`');
      } catch (error) { say(WRONG, error.message); }
      const wrong = lines.filter(l => l[0] === WRONG).length;
      return {lines, number, verdict: wrong ? `broken: ${wrong} wrong` :
        'whole, as far as a browser can check; see what it did not check'};
    }

    function start() {
      const by = id => document.getElementById(id);
      by('go').addEventListener('click', async () => {
        const files = new Map();
        for (const file of by('folder').files) {
          const path = file.webkitRelativePath.split('/').slice(1).join('/');
          files.set(path, file);
        }
        by('verdict').textContent = 'checking…';
        const own = by('signers').files[0];
        const result = await check(files, own ? await own.text() : null);
        by('number').textContent = result.number;
        by('report').replaceChildren(...result.lines.map(([word, what]) => {
          const item = document.createElement('li'), mark = document.createElement('b');
          mark.textContent = word;
          item.append(mark, ' ' + what);
          return item;
        }));
        by('verdict').textContent = result.verdict;
      });
    }
    if (document.getElementById('go')) start();
    """#
}
