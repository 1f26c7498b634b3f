using System.Text;
using System.Text.RegularExpressions;
using Callback.Calls;
using Callback.Database;
using Callback.Telephony;
using Callback.Tests.Windows;

namespace Callback.Tests;

/// <summary>What exists only in the program built for fault tests is in no other, and the times it may shorten hang together.</summary>
public sealed class TestBuildTests
{
    [Theory]
    [InlineData("CALLBACK_CHAOS")]
    [InlineData("epoch-guard")]
    [InlineData("retry-on-timeout")]
    public void The_ordinary_program_knows_no_switch_of_the_test_build(string name) =>
        Assert.False(File.ReadAllBytes(typeof(Db).Assembly.Location).AsSpan().IndexOf(Encoding.Unicode.GetBytes(name)) >= 0, name);

    [Fact]
    public void The_ordinary_program_waits_in_full() => Assert.Equal(1, TestBuild.Squeeze);

    [Fact]
    public void Every_crash_point_is_reached_somewhere_and_every_reached_one_is_known()
    {
        var reached = Directory.EnumerateFiles(Path.Combine(Shipped.ConfigFolder, "..", "src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(file => Regex.Matches(File.ReadAllText(file), @"CrashPoint\.Reach\(""([^""]+)""\)").Select(match => match.Groups[1].Value));
        Assert.Equal(CrashPoint.All.Order(StringComparer.Ordinal), reached.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_lost_call_is_looked_for_only_when_its_request_is_over_and_given_up_only_when_it_would_be_listed()
    {
        Assert.Equal(TimeSpan.FromSeconds(60), ProtocolTimes.Grace);
        Assert.Equal(TimeSpan.FromSeconds(35), ProtocolTimes.MatchAfter);
        Assert.True(ProtocolTimes.Grace >= Deadline.Span + ProtocolTimes.RequestLife + ProtocolTimes.ListLag);
        var untilSpent = ProtocolTimes.Grace + ((ReconcileCalls.EmptyLists - 1) * ProtocolTimes.BetweenLists);
        Assert.True(untilSpent - ProtocolTimes.Grace >= TimeSpan.FromMinutes(15));
        Assert.True(ProtocolTimes.MatchBefore + ProtocolTimes.MatchAfter < untilSpent);
    }
}
