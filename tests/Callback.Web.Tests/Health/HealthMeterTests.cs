using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using Callback.Health;
using Callback.Web.Components.Help;
using Callback.Web.Hosting;
using Callback.Web.Localization;
using Callback.Web.Tests.SignIn;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Callback.Web.Tests.Health;

public sealed class HealthMeterTests(SharedApp shared) : IClassFixture<SharedApp>
{
    [Fact]
    public async Task Every_figure_is_a_gauge_with_unit_and_description_and_tells_what_was_measured()
    {
        var service = shared.App.Services.GetServices<IHostedService>().OfType<HealthService>().Single();
        await service.RunOnceAsync(default);
        var heard = Listen(out var instruments);
        Assert.Equal(
            HealthPolicy.Limits.Select(limit => $"callback.{limit.Name}").Append("callback.health.level").Order(StringComparer.Ordinal),
            instruments.Keys.Order(StringComparer.Ordinal));
        Assert.All(instruments.Values, instrument => Assert.False(string.IsNullOrWhiteSpace(instrument.Description) || string.IsNullOrEmpty(instrument.Unit), instrument.Name));
        Assert.Equal("{attempt}", instruments["callback.attempts.undecided"].Unit);
        Assert.Equal("s", instruments["callback.clock.difference"].Unit);
        Assert.Equal("By", instruments["callback.database.size"].Unit);
        Assert.Equal("1", instruments["callback.attempts.spent.share"].Unit);
        Assert.True(heard["callback.database.size"] > 1e6);
        Assert.Equal(0, heard["callback.attempts.undecided"]);
    }

    [Fact]
    public async Task What_can_not_be_measured_is_not_told()
    {
        var meter = shared.App.Services.GetRequiredService<HealthMeter>();
        var report = await shared.App.Services.GetRequiredService<GetHealth>().RunAsync(Actor.System("test"), default);
        meter.Tell(null);
        Assert.Empty(Listen(out _));
        meter.Tell(report);
        var heard = Listen(out _);
        Assert.DoesNotContain("callback.attempts.undecided.age", heard.Keys);
        Assert.Contains("callback.attempts.undecided", heard.Keys);
    }

    /// <summary>The manual's table of metrics is the program's.</summary>
    [Theory]
    [InlineData("en")]
    [InlineData("zh-CN")]
    public void The_manual_lists_every_metric_with_its_unit_and_limits(string language)
    {
        var html = new HelpBook().Find(Language.Find(language)!, "health")!.Html.Text;
        Assert.All(HealthPolicy.Limits, limit => Assert.Contains(
            $"<td><code>{HealthMeter.NameOf(limit)}</code></td>\n<td><code>{HealthMeter.UnitOf(limit)}</code></td>\n<td>{Written(limit.Amber)}</td>\n<td>{Written(limit.Red)}</td>",
            html,
            StringComparison.Ordinal));
    }

    private static string Written(double? limit) => limit?.ToString(CultureInfo.InvariantCulture) ?? "";

    /// <summary>Of this app's meter alone: other tests run theirs beside it.</summary>
    private ConcurrentDictionary<string, double> Listen(out ConcurrentDictionary<string, Instrument> instruments)
    {
        var mine = shared.App.Services.GetRequiredService<HealthMeter>();
        var heard = new ConcurrentDictionary<string, double>();
        var published = new ConcurrentDictionary<string, Instrument>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (!mine.Owns(instrument))
                    return;
                published[instrument.Name] = instrument;
                self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => heard[instrument.Name] = value);
        listener.Start();
        listener.RecordObservableInstruments();
        instruments = published;
        return heard;
    }
}
