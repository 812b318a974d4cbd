#!/usr/bin/env python3
"""package_test.py BUILD [--clean-root]: makes the Debian package of that release build, and holds what it promises.

With --clean-root (root, and Debian's mirror) it is also installed, upgraded, removed and purged in a root of its own.
"""
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2]
BUILD = None
CLEAN_ROOT = False


def output_of(*command, **options):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, **options)
    if done.returncode != 0:
        raise AssertionError(f"{' '.join(map(str, command))} ended with {done.returncode}:\n{done.stdout}")
    return done.stdout


class Package(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        for tool in ["dh", "systemd-analyze"]:
            if not shutil.which(tool):
                raise unittest.SkipTest(f"skipped: {tool} is not installed")
        cls.scratch = Path(tempfile.mkdtemp(prefix="skurd-package-"))
        made = output_of(SOURCE / "deploy/package", cls.scratch, env={**os.environ, "SKURD_BUILD": BUILD})
        cls.package = Path(made.splitlines()[-1])
        cls.root = cls.scratch / "root"
        output_of("dpkg-deb", "--extract", cls.package, cls.root)
        output_of("dpkg-deb", "--control", cls.package, cls.scratch / "control")
        cls.program = cls.root / "usr/bin/skurd"

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.scratch)

    def test_has_everything_that_an_installation_needs(self):
        for path in ["usr/bin/skurd", "etc/skurd/skurd.toml", "lib/systemd/system/skurd.service",
                     "lib/systemd/system/skurd-backup.service", "lib/systemd/system/skurd-backup.timer",
                     "lib/systemd/system/skurd-verify.service", "lib/systemd/system/skurd-verify.timer",
                     "usr/lib/sysusers.d/skurd.conf", "usr/lib/tmpfiles.d/skurd.conf",
                     "usr/share/skurd/schedules/ssb-alcohol.toml", "usr/share/skurd/indicators/README.md",
                     "usr/share/skurd/skurd.socket", "usr/share/skurd/monitoring/skurd.rules.yml", "usr/share/skurd/monitoring/skurd.dashboard.json",
                     "usr/share/man/man1/skurd.1.gz", "usr/share/bash-completion/completions/skurd",
                     "usr/share/zsh/site-functions/_skurd", "usr/share/fish/vendor_completions.d/skurd.fish",
                     "usr/share/doc/skurd/copyright", "usr/share/doc/skurd/changelog.gz"]:
            self.assertTrue((self.root / path).is_file(), f"/{path} is not in the package")

    def test_all_jobs_and_catalogue_files_are_there_to_read(self):
        for folder, shipped in [("schedules", "schedules"), ("schema/indicators", "indicators")]:
            packaged = {file.name for file in (self.root / "usr/share/skurd" / shipped).iterdir()}
            self.assertEqual(packaged, {file.name for file in (SOURCE / folder).iterdir()})

    def test_no_shipped_job_lies_where_an_installation_has_its_own(self):
        self.assertEqual([str(file.relative_to(self.root)) for file in (self.root / "etc").rglob("*") if file.is_file()],
                         ["etc/skurd/skurd.toml"])

    def test_the_configuration_is_the_operators(self):
        self.assertEqual((self.scratch / "control/conffiles").read_text().split(), ["/etc/skurd/skurd.toml"])

    def test_everything_belongs_to_root_and_is_written_by_root_alone(self):
        for line in output_of("dpkg-deb", "--contents", self.package).splitlines():
            mode, owner = line.split()[:2]
            self.assertEqual(owner, "root/root", line)
            self.assertRegex(mode, "^l|^[-d]rw[-x]r-[-x]r-[-x]$", line)

    def test_depends_on_the_libraries_that_the_program_is_linked_with(self):
        depends = output_of("dpkg-deb", "--field", self.package, "Depends")
        for library in ["libcurl4", "libsqlite3-0", "libssl3", "libicu72", "tzdata", "ca-certificates"]:
            self.assertIn(library, depends)

    def test_the_program_says_the_packages_version(self):
        version = output_of("dpkg-deb", "--field", self.package, "Version").strip()
        self.assertIn(version, output_of(self.program, "--version"))

    def test_the_program_is_hardened(self):
        headers = output_of("readelf", "--wide", "--file-header", "--dynamic", "--program-headers", self.program)
        self.assertRegex(headers, r"Type: +DYN", "it does not move in memory (PIE)")
        self.assertIn("BIND_NOW", headers)
        self.assertIn("GNU_RELRO", headers)
        self.assertRegex(headers, r"GNU_STACK .* RW +0x", "its stack can be executed")
        symbols = output_of("nm", "--dynamic", self.program)
        self.assertIn("__stack_chk_fail", symbols)
        self.assertRegex(symbols, r"__(memcpy|read|snprintf|vsnprintf|realpath|memset|explicit_bzero|fread)_chk", "nothing is fortified")
        if os.uname().machine == "x86_64":
            self.assertRegex(output_of("readelf", "--wide", "--notes", self.program), "x86 feature: IBT, SHSTK")
            self.assertGreater(self.program.read_bytes().count(b"\xf3\x0f\x1e\xfa"), 1000, "no landing pads (endbr64)")

    def test_the_unit_takes_away_what_skurd_does_not_need(self):
        lines = (self.root / "lib/systemd/system/skurd.service").read_text().splitlines()
        keys = {line.split("=")[0] for line in lines if "=" in line and not line.startswith("#")}
        for key in ["LimitCORE", "LockPersonality", "MemoryDenyWriteExecute", "MemoryMax", "NoNewPrivileges",
                    "PrivateDevices", "PrivateTmp", "ProtectClock", "ProtectControlGroups", "ProtectHome",
                    "ProtectHostname", "ProtectKernelLogs", "ProtectKernelModules", "ProtectKernelTunables",
                    "ProtectProc", "ProtectSystem", "RemoveIPC", "RestrictAddressFamilies", "RestrictNamespaces",
                    "RestrictRealtime", "RestrictSUIDSGID", "SystemCallArchitectures", "SystemCallFilter", "TasksMax",
                    "UMask"]:
            self.assertIn(key, keys)

    def test_the_unit_is_valid_and_exposes_little(self):
        units = self.root / "lib/systemd/system"
        for unit in ["skurd.service", "skurd-backup.service", "skurd-verify.service"]:
            output_of("systemd-analyze", "security", "--offline=true", "--threshold=15", units / unit)
            # It fails, since of the system's own units there is none in this root; what it says of lines counts.
            found = subprocess.run(["systemd-analyze", "verify", "--man=no", f"--root={self.root}", unit],
                                   stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False).stdout
            self.assertIn(unit, found)
            self.assertNotRegex(found, r"skurd[a-z-]*\.service:\d+:")

    def test_the_timers_are_enabled_and_what_they_start_is_not_started_by_the_installation(self):
        script = (self.scratch / "control/postinst").read_text()
        for timer in ["skurd-backup.timer", "skurd-verify.timer"]:
            self.assertIn(f"deb-systemd-helper enable '{timer}'", script)
        self.assertNotRegex(script, r"skurd-(backup|verify)\.service")
        for name in ["backup", "verify"]:
            unit = (self.root / f"lib/systemd/system/skurd-{name}.service").read_text()
            arguments = unit.split("ExecStart=/usr/bin/skurd ")[1].splitlines()[0].split()
            told = output_of(self.program, arguments[0], "--help")
            for option in [word for word in arguments if word.startswith("--")]:
                self.assertIn(option, told)
        tmpfiles = (self.root / "usr/lib/tmpfiles.d/skurd.conf").read_text()
        self.assertIn("/var/backups/skurd", tmpfiles)

    def test_the_postrm_keeps_a_store_that_has_something_in_it(self):
        script = (self.scratch / "control/postrm").read_text().replace("/var/lib/skurd", str(self.scratch / "state"))
        script = script.split("# Automatically added by")[0]
        drop = self.scratch / "state/drop"
        drop.mkdir(parents=True)
        store = self.scratch / "state/skurd.db"
        store.write_text("numbers")
        self.assertIn("kept", output_of("sh", "-c", script, "postrm", "purge"))
        self.assertTrue(store.exists())
        store.unlink()
        output_of("sh", "-c", script, "postrm", "purge")
        self.assertFalse(drop.exists())

    def test_the_postinst_removes_unedited_copies_of_jobs_that_0_1_had_made_and_names_the_edited(self):
        schedules = self.scratch / "etc/skurd/schedules"
        schedules.mkdir(parents=True)
        known = self.scratch / "known.sha256"
        as_shipped = b"[job]\nconnector = 'ssb'\n"
        known.write_text(f"{hashlib.sha256(as_shipped).hexdigest()}  ssb-alcohol.toml\n")
        (schedules / "ssb-alcohol.toml").write_bytes(as_shipped)
        (schedules / "ssb-cannabis.toml").write_bytes(as_shipped + b"enabled = true\n")
        (schedules / "ours.toml").write_bytes(b"[job]\n")
        script = (SOURCE / "deploy/debian/skurd.postinst").read_text().replace("/etc/skurd/schedules", str(schedules))
        script = script.replace("/usr/share/skurd/schedules-0.1.sha256", str(known))
        script = script.replace("/usr/share/skurd", str(self.root / "usr/share/skurd")).replace("#DEBHELPER#", "")
        self.assertEqual(output_of("sh", "-c", script, "postinst", "configure", "0.2.0"), "")
        told = output_of("sh", "-c", script, "postinst", "configure", "").splitlines()
        self.assertEqual({file.name for file in schedules.iterdir()}, {"ssb-cannabis.toml", "ours.toml"})
        self.assertEqual(len(told), 2)
        self.assertIn("ssb-alcohol.toml is gone", told[0])
        self.assertIn("ssb-cannabis.toml was edited", told[1])

    def test_every_job_that_0_1_shipped_is_known_by_its_hash(self):
        known = (self.root / "usr/share/skurd/schedules-0.1.sha256").read_text().splitlines()
        self.assertGreater(len(known), 70)
        for line in known:
            self.assertRegex(line, r"^[0-9a-f]{64}  [a-z0-9-]+\.toml$")

    def completed(self, shell, *command):
        if not shutil.which(shell):
            self.skipTest(f"skipped: {shell} is not installed")
        path = f"{self.program.parent}:{os.environ['PATH']}"
        return output_of(shell, *command, env={**os.environ, "PATH": path, "HOME": str(self.scratch)}).split("\n")

    def test_fish_completes_commands_and_options(self):
        script = self.root / "usr/share/fish/vendor_completions.d/skurd.fish"
        def ask(line):
            return [found.split("\t")[0] for found in self.completed("fish", "-N", "-c", f"source {script}; complete -C'{line}'")]
        self.assertIn("report", ask("skurd re"))
        self.assertIn("--format", ask("skurd report --"))
        self.assertNotIn("--format", ask("skurd jobs --"))

    def test_zsh_completes_commands_and_options(self):
        script = self.root / "usr/share/zsh/site-functions/_skurd"
        def ask(*words):
            typed = " ".join(words)
            return [found.split(":")[0] for found in self.completed(
                "zsh", "-f", "-c", "_describe() { print -l -- ${(P)2} }; _files() { }; "
                f"words=({typed}); CURRENT={len(words)}; source {script}")]
        self.assertIn("report", ask("skurd", "re"))
        self.assertIn("--format", ask("skurd", "report", "--"))
        self.assertNotIn("--format", ask("skurd", "jobs", "--"))


class CleanRoot(unittest.TestCase):
    """The life of an installation, in a Debian of its own."""

    def setUp(self):
        if not CLEAN_ROOT:
            self.skipTest("skipped: only with --clean-root")
        self.scratch = Path(tempfile.mkdtemp(prefix="skurd-root-"))
        self.root = self.scratch / "root"
        output_of("debootstrap", "--variant=minbase", "--include=ca-certificates,systemd", "bookworm", self.root)
        self.package = Path(output_of(SOURCE / "deploy/package", self.scratch, env={**os.environ, "SKURD_BUILD": BUILD}).splitlines()[-1])
        shutil.copy(self.package, self.root / "tmp/skurd.deb")

    def tearDown(self):
        shutil.rmtree(self.scratch)

    def inside(self, command):
        # /proc is there for this command alone: without it systemd-tmpfiles makes nothing.
        into = 'mount -t proc proc "$0/proc" && exec chroot "$0" sh -ec "$1"'
        return output_of("unshare", "--mount", "sh", "-c", into, self.root, command, env={
            "PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"})

    def as_service(self, command):
        return self.inside(f"setpriv --reuid=skurd --regid=skurd --init-groups env SKURD_CONFIG=/etc/skurd/skurd.toml {command}")

    def test_installs_works_upgrades_removes_and_purges(self):
        self.inside("apt-get update -q && apt-get install -y -q /tmp/skurd.deb")
        self.assertEqual(self.inside("stat -c '%U:%G %a' /var/lib/skurd /var/lib/skurd/drop").split("\n")[:2],
                         ["skurd:skurd 750", "skurd:skurd 2770"])
        csv = "/var/lib/skurd/statusrapport-1.csv"
        shutil.copy(SOURCE / "deploy/first-harvest/statusrapport-1.csv", self.root / csv[1:])
        self.as_service(f"skurd drop {csv} --job status-report-1")
        asked = "skurd get 9 --period 2016 --format csv --state /var/lib/skurd"
        known = self.as_service(asked)
        self.assertIn("282", known)

        schedules = self.root / "etc/skurd/schedules"
        schedules.mkdir(exist_ok=True)
        (schedules / "ssb-alcohol.toml").write_text("[job]\nconnector = 'ssb'\nenabled = false\n[source]\ntable = '04187'\n")
        with open(self.root / "etc/skurd/skurd.toml", "a", encoding="utf-8") as configuration:
            configuration.write("\n# ours\n")
        upgraded = self.inside("apt-get install -y -q --reinstall /tmp/skurd.deb")
        self.assertIn("ssb-alcohol.toml was edited", upgraded)
        self.assertIn("# ours", (self.root / "etc/skurd/skurd.toml").read_text())
        self.assertEqual(self.as_service(asked), known)

        self.inside("apt-get remove -y -q skurd")
        self.assertFalse((self.root / "usr/bin/skurd").exists())
        self.assertTrue((self.root / "etc/skurd/skurd.toml").exists())
        purged = self.inside("apt-get purge -y -q skurd")
        self.assertFalse((self.root / "etc/skurd/skurd.toml").exists())
        self.assertTrue((self.root / "var/lib/skurd/skurd.db").exists(), purged)


if __name__ == "__main__":
    CLEAN_ROOT = "--clean-root" in sys.argv
    BUILD = str(Path([argument for argument in sys.argv[1:] if not argument.startswith("--")][0]).resolve())
    unittest.main(argv=sys.argv[:1], verbosity=2)
