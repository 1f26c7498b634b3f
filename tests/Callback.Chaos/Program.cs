using System.Diagnostics;
using System.Runtime.InteropServices;
using Callback.Chaos;
using Callback.Chaos.Events;
using Callback.Chaos.Ha;
using Callback.Chaos.Holds;
using Callback.Chaos.Jobs;
using Callback.Chaos.Load;
using Callback.Chaos.Points;
using Callback.Chaos.Storms;

if (args is [HoldWorker.Verb, .. var words])
    return await HoldWorker.RunAsync(words);

// Runs the tests of the plan and prints a row for each; the last line counts them, and the exit code says whether all of them passed.
ChaosTest[] tests =
[
    HoldsTest.Test,
    .. StormTests.All,
    .. HaTests.All,
    .. ControlTests.All,
    PointsTest.Test,
    EventsTest.Test,
    LoadTest.Test,
    JobsTest.Test,
];
ChaosOptions options;
try
{
    options = ChaosOptions.Parse(args);
}
catch (FormatException e)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}
if (options.Tests.Except(tests.Select(test => test.Name)).FirstOrDefault() is { } missing)
{
    Console.Error.WriteLine($"There is no test '{missing}'. Usage: {ChaosOptions.Usage}");
    return 2;
}
using var stop = new CancellationTokenSource();
// Who ends it early gets a table all the same: of as much as there was.
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
var asked = tests.Where(test => options.Tests.Count == 0 || options.Tests.Contains(test.Name));
List<bool> passed = [];
if (options.Together)
    passed.AddRange(await Task.WhenAll(asked.Select(RunAsync)));
else
    foreach (var test in asked)
        passed.Add(await RunAsync(test));
var failed = passed.Count(one => !one);
Console.WriteLine($"{passed.Count - failed} passed, {failed} failed");
return failed == 0 ? 0 : 1;

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}

async Task<bool> RunAsync(ChaosTest test)
{
    var clock = Stopwatch.StartNew();
    ChaosRow row;
    try
    {
        row = await test.RunAsync(options, stop.Token);
    }
    catch (Exception broken) when (broken is not OutOfMemoryException)
    {
        // A ground that broke has proven nothing, and the other tests can still be run.
        row = new(test.Name, "broken off", [$"{broken}"]);
    }
    Console.WriteLine(row);
    Console.Error.WriteLine($"({test.Name}: {clock.Elapsed.TotalSeconds:0} s)");
    return row.Passed;
}
