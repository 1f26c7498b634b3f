using System.Diagnostics.Metrics;
using Callback.Health;

namespace Callback.Web.Hosting;

/// <summary>The figures of Health as gauges of the meter <c>Callback</c>: <c>callback.attempts.undecided</c> and so on. They tell what was measured last, whoever asks how often.</summary>
internal sealed class HealthMeter : IDisposable
{
    public const string Name = "Callback";

    private readonly Meter meter = new(Name);

    private volatile HealthReport? last;

    public HealthMeter()
    {
        foreach (var limit in HealthPolicy.Limits)
            meter.CreateObservableGauge(NameOf(limit), () => Of(last?[limit]), UnitOf(limit), DescriptionOf(limit));
        meter.CreateObservableGauge(
            "callback.health.level",
            () => last?.Figures.Select(figure => new Measurement<int>((int)figure.Level, new KeyValuePair<string, object?>("figure", figure.Limit.Name))) ?? [],
            "1",
            "How a figure stands: 0 good, 1 amber, 2 red.");
    }

    /// <summary>Null: it could not be measured, so nothing is told rather than something old.</summary>
    public void Tell(HealthReport? report) => last = report;

    internal bool Owns(Instrument instrument) => instrument.Meter == meter;

    public void Dispose() => meter.Dispose();

    internal static string NameOf(HealthLimit limit) => $"callback.{limit.Name}";

    /// <summary>As the Unified Code for Units of Measure has them, things in braces.</summary>
    internal static string UnitOf(HealthLimit limit) => limit.Unit switch
    {
        HealthUnit.Count => limit.What!,
        HealthUnit.Seconds => "s",
        HealthUnit.Bytes => "By",
        _ => "1",
    };

    private static string DescriptionOf(HealthLimit limit) =>
        $"Health of the installation: {limit.Name.Replace('_', ' ').Replace('.', ' ')}. The manual's page 'health' says what it means and what to do.";

    private static IEnumerable<Measurement<double>> Of(HealthFigure? figure) => figure?.Value is { } value ? [new Measurement<double>(value)] : [];
}
