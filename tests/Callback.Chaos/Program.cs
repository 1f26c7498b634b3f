using System.Diagnostics;
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
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};
var (passed, failed) = (0, 0);
foreach (var test in tests.Where(test => options.Tests.Count == 0 || options.Tests.Contains(test.Name)))
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
    (passed, failed) = row.Passed ? (passed + 1, failed) : (passed, failed + 1);
}
Console.WriteLine($"{passed} passed, {failed} failed");
return failed == 0 ? 0 : 1;
