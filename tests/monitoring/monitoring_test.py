#!/usr/bin/env python3
"""monitoring_test.py SKURD: holds deploy/monitoring against that program, by Debian's promtool and Prometheus itself."""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.error
import urllib.request
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2]
MONITORING = SOURCE / "deploy/monitoring"
PROGRAM = None
METRIC = re.compile(r"\b((?:skurd|process)_[a-z_]+)\b(?!\.(?:rules|dashboard))")


def output_of(*command, **options):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, **options)
    if done.returncode != 0:
        raise AssertionError(f"{' '.join(map(str, command))} ended with {done.returncode}:\n{done.stdout}")
    return done.stdout


def text_of(name):
    return (MONITORING / name).read_text(encoding="utf-8")


def names_in_code():
    """The metrics that the tables of src/serve have."""
    names = set()
    for file in (SOURCE / "src/serve").glob("*_metrics.cpp"):
        names |= set(re.findall(r'\{\{\s*"((?:skurd|process)_[a-z_]+)"', file.read_text(encoding="utf-8")))
    return names


def expressions_of_dashboard():
    found = []

    def walk(node):
        if isinstance(node, dict):
            found.extend(value for key, value in node.items() if key == "expr")
            node = list(node.values())
        if isinstance(node, list):
            for one in node:
                walk(one)

    dashboard = json.loads(text_of("skurd.dashboard.json"))
    walk(dashboard)
    found.append(dashboard["templating"]["list"][1]["query"]["query"])
    return found


def get(url, **headers):
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=30) as answer:
        return answer.headers["Content-Type"], answer.read().decode("utf-8")


class Daemon:
    """A daemon with the jobs that come with skurd, on a port that was free."""

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="skurd-monitoring-"))
        (self.folder / "skurd.toml").write_text('[serve]\nlisten = ["127.0.0.1:0"]\n')
        self.process = subprocess.Popen([PROGRAM, "serve", "--config", "skurd.toml", "--state", "state"], text=True,
                                        cwd=self.folder, stderr=subprocess.PIPE)
        self.address = None
        for line in self.process.stderr:
            if where := re.search(r"HTTP on (http://127\.0\.0\.1:\d+)", line):
                self.address = where[1]
            if "serving" in line:
                break
        if not self.address:
            raise AssertionError("the daemon does not say where it listens")

    def end(self):
        self.process.terminate()
        self.process.communicate(timeout=30)
        shutil.rmtree(self.folder)


class Files(unittest.TestCase):
    def setUp(self):
        if not shutil.which("promtool"):
            self.skipTest("skipped: promtool is not installed")

    def test_promtool_finds_nothing_wrong_with_rules_and_configuration(self):
        output_of("promtool", "check", "rules", "skurd.rules.yml", cwd=MONITORING)
        output_of("promtool", "check", "config", "prometheus.yml", cwd=MONITORING)

    def test_each_alert_comes_when_it_should_and_not_before(self):
        output_of("promtool", "test", "rules", "skurd.rules.test.yml", cwd=MONITORING)


class Names(unittest.TestCase):
    def test_rules_and_dashboard_ask_for_nothing_that_there_is_not(self):
        known = names_in_code()
        self.assertGreater(len(known), 35)
        for name in ["skurd.rules.yml", "skurd.rules.test.yml", "README.md"]:
            self.assertLessEqual(set(METRIC.findall(text_of(name))), known, name)
        self.assertLessEqual(set(METRIC.findall(" ".join(expressions_of_dashboard()))), known)

    def test_the_dashboard_shows_every_metric(self):
        self.assertEqual(set(METRIC.findall(" ".join(expressions_of_dashboard()))), names_in_code())

    def test_every_alert_is_tested_and_explained_and_none_that_there_is_not(self):
        alerts = re.findall(r"- alert: (\w+)", text_of("skurd.rules.yml"))
        self.assertGreater(len(alerts), 10)
        self.assertEqual(sorted(alerts), sorted(re.findall(r"^\| `(Skurd\w+)` \|", text_of("README.md"), re.M)))
        fired = re.findall(r"alertname: (\w+)\n\s+exp_alerts:\n\s+- exp_labels", text_of("skurd.rules.test.yml"))
        self.assertEqual(sorted(alerts), sorted(set(fired)))
        for part in text_of("skurd.rules.yml").split("- alert: ")[1:]:
            self.assertRegex(part, r"severity: (page|ticket)")
            self.assertRegex(part, r"\n          summary: ")
            self.assertRegex(part, r"\n          action: ")


class Scrapes(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        if not shutil.which("promtool") or not shutil.which("prometheus"):
            raise unittest.SkipTest("skipped: promtool is not installed")
        cls.daemon = Daemon()

    @classmethod
    def tearDownClass(cls):
        cls.daemon.end()

    def test_promtool_finds_nothing_wrong_with_what_a_daemon_answers(self):
        kind, text = get(self.daemon.address + "/metrics", Accept="text/plain")
        self.assertEqual(kind, "text/plain; version=0.0.4; charset=utf-8")
        output_of("promtool", "check", "metrics", input=text)
        self.assertLessEqual(set(re.findall(r"^([a-z_]+)[{ ]", text, re.M)), names_in_code())

    def test_it_is_openmetrics_to_the_letter(self):
        try:
            from prometheus_client.openmetrics.parser import text_string_to_metric_families
        except ImportError:
            self.skipTest("skipped: promtool is there, but not python3-prometheus-client")
        kind, text = get(self.daemon.address + "/metrics", Accept="application/openmetrics-text; version=1.0.0")
        self.assertEqual(kind, "application/openmetrics-text; version=1.0.0; charset=utf-8")
        families = {family.name: family for family in text_string_to_metric_families(text)}
        self.assertEqual(families["skurd_runs"].type, "counter")
        self.assertEqual(families["skurd_build"].type, "info")
        self.assertEqual(families["skurd_store_database_bytes"].unit, "bytes")

    def asked_until_answered(self, url):
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                if found := json.loads(get(url)[1])["data"]["result"]:
                    return found
            except urllib.error.HTTPError as failure:  # it is beginning
                self.assertEqual(failure.code, 503)
            time.sleep(0.1)
        raise AssertionError("Prometheus has not scraped the daemon within a minute")

    def test_prometheus_scrapes_it_and_takes_the_rules(self):
        folder = self.daemon.folder / "prometheus"
        folder.mkdir()
        shutil.copy(MONITORING / "skurd.rules.yml", folder)
        target = self.daemon.address.removeprefix("http://")
        configuration = text_of("prometheus.yml").replace("127.0.0.1:7587", target).replace("interval: 1m", "interval: 1s")
        (folder / "prometheus.yml").write_text(configuration)
        process = subprocess.Popen(["prometheus", "--config.file=prometheus.yml", "--storage.tsdb.path=data",
                                    "--web.listen-address=127.0.0.1:0", "--log.level=info"],
                                   cwd=folder, text=True, stderr=subprocess.PIPE)
        try:
            for line in process.stderr:
                if where := re.search(r'Listening on" address=(\S+)', line):
                    break
            found = self.asked_until_answered(f"http://{where[1]}/api/v1/query?query=skurd_build_info")
            self.assertEqual(found[0]["metric"]["job"], "skurd")
            rules = json.loads(get(f"http://{where[1]}/api/v1/rules")[1])["data"]["groups"][0]["rules"]
            self.assertEqual(len(rules), text_of("skurd.rules.yml").count("- alert: "))
            self.assertEqual([rule["lastError"] for rule in rules if rule.get("lastError")], [])
        finally:
            process.terminate()
            process.communicate(timeout=30)


if __name__ == "__main__":
    PROGRAM = os.path.abspath(sys.argv[1])
    unittest.main(argv=sys.argv[:1], verbosity=2)
