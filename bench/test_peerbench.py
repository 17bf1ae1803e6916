"""Tests of the benchmark's own arithmetic: a wrong count would flatter or slander."""

import os
import tempfile
import unittest

from peerbench.measure import Meter, Series, StepFailed, Usage
from peerbench.report import Verdict
from peerbench.works import count_calls, find_fields, same, size_of


class CountCallsTest(unittest.TestCase):
    PLACE = "</t/store/"

    def count(self, *lines):
        return count_calls(lines, self.PLACE)

    def test_counts_flushes_and_bytes_of_the_container_only(self):
        self.assertEqual(
            (1, 4096),
            self.count(
                '7 pwrite64(5</t/store/C.ugc>, ""..., 4096, 0) = 4096',
                "7 fsync(5</t/store/C.ugc>) = 0",
                '7 write(1</dev/null>, ""..., 10) = 10',
                "7 fsync(6</t/log>) = 0",
            ),
        )

    def test_takes_the_result_of_a_call_that_was_interrupted_by_another_thread(self):
        self.assertEqual(
            (0, 300),
            self.count(
                '7 write(5</t/store/C.ugc>, ""..., 512 <unfinished ...>',
                '8 write(1</dev/null>, ""..., 10 <unfinished ...>',
                "8 <... write resumed>) = 10",
                "7 <... write resumed>) = 300",
            ),
        )

    def test_a_write_that_failed_wrote_nothing(self):
        line = '7 write(5</t/store/C.ugc>, ""..., 9) = -1 ENOSPC (No space left on device)'
        self.assertEqual((0, 0), self.count(line))

    def test_copy_file_range_counts_by_where_it_writes(self):
        self.assertEqual(
            (0, 8),
            self.count(
                "7 copy_file_range(4</t/in>, NULL, 5</t/store/C.ugc>, NULL, 8, 0) = 8",
                "7 copy_file_range(5</t/store/C.ugc>, NULL, 4</t/in>, NULL, 16, 0) = 16",
            ),
        )


class FindFieldsTest(unittest.TestCase):
    def test_finds_them_in_one_document_or_in_json_lines(self):
        self.assertEqual({"a": 1}, find_fields(b'{"deep": [{"a": 1}]}', ["a"]))
        self.assertEqual({"a": 2}, find_fields(b'{"type":"x"}\n{"type":"y","a":2}\n', ["a"]))

    def test_says_what_is_missing(self):
        with self.assertRaisesRegex(StepFailed, "commits"):
            find_fields(b'{"files": 1}', ["commits"])


class VerdictTest(unittest.TestCase):
    def test_equal_is_not_faster_but_is_within(self):
        self.assertEqual("falls short of the must", Verdict("x", "s", 2.0, must=2.0).words)
        self.assertEqual("must met", Verdict("x", "s", 2.0, must=2.0, at_limit=True).words)

    def test_must_and_aim_are_told_apart(self):
        verdict = Verdict("--version", "ms", 200, must=300, aim=150)
        self.assertEqual("must met, falls short of the aim", verdict.words)


class SameTest(unittest.TestCase):
    def test_sees_a_changed_byte_a_missing_and_an_additional_file(self):
        with tempfile.TemporaryDirectory() as top:
            left, right = os.path.join(top, "l"), os.path.join(top, "r")
            for folder in (left, right):
                os.mkdir(folder)
                self.write(folder, "a", b"one")
            self.assertTrue(same(left, right))
            self.write(right, "a", b"two")
            self.assertFalse(same(left, right))
            self.write(right, "a", b"one")
            self.write(right, "b", b"")
            self.assertFalse(same(left, right))
            self.assertFalse(same(right, left))

    def write(self, folder, name, body):
        with open(os.path.join(folder, name), "wb") as out:
            out.write(body)


class SizeOfTest(unittest.TestCase):
    def test_counts_a_file_or_all_files_below_a_folder(self):
        with tempfile.TemporaryDirectory() as folder:
            os.makedirs(os.path.join(folder, "a", "b"))
            for name, size in (("x", 3), ("a/y", 4), ("a/b/z", 5)):
                with open(os.path.join(folder, name), "wb") as out:
                    out.write(bytes(size))
            self.assertEqual(12, size_of(folder))
            self.assertEqual(3, size_of(os.path.join(folder, "x")))


class MeterTest(unittest.TestCase):
    def test_a_command_that_fails_is_not_a_measurement(self):
        with self.assertRaisesRegex(StepFailed, "exited 3: no luck"), Meter() as meter:
            meter.run("sh", "-c", "echo no luck >&2; exit 3")

    def test_either_end_of_a_pipe_can_fail(self):
        for first, second in (("exit 4", "cat"), ("echo x", "exit 4")):
            with self.assertRaises(StepFailed), Meter() as meter:
                meter.pipe(["sh", "-c", first], ["sh", "-c", second])

    def test_counts_the_cpu_time_of_what_the_child_waited_for(self):
        with Meter() as meter:
            meter.run("sh", "-c", "(i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done); true")
        self.assertGreater(meter.usage().cpu, 0.02)

    def test_median_is_of_the_runs(self):
        series = Series(tuple(Usage(wall, 0, 0) for wall in (9.0, 1.0, 2.0)))
        self.assertEqual((2.0, 1.0, 9.0), (series.wall, series.least, series.most))


if __name__ == "__main__":
    unittest.main()
