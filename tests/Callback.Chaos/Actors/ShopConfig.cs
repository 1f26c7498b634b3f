using System.Globalization;
using Callback.Chaos.Ground;

namespace Callback.Chaos.Actors;

/// <summary>Writes the plan's hours and the campaign into the run's own configuration, as a scheduler would.</summary>
internal static class ShopConfig
{
    public const string Campaign = "payment-reminder";

    public static async Task WriteAsync(Arena arena, ShopPlan plan)
    {
        Slim(arena.ConfigFolder);
        var windows = string.Join(", ", plan.Hours.Select(hours => string.Create(CultureInfo.InvariantCulture, $"\"{hours.From:HH\\:mm}-{hours.To:HH\\:mm}\"")));
        await File.WriteAllTextAsync(Path.Combine(arena.ConfigFolder, "policies", "storm.yaml"), $$"""
            preset: storm
            title: { en: "A storm's own hours", zh: 风暴测试时段 }
            disclaimer: { en: "For tests only.", zh: 仅供测试。 }
            tests_only: true
            windows: { all: [{{windows}}] }
            legal_hours: "08:00-21:00"
            caps: { day: 100, week: 100 }
            ring_time: 5 s
            ring_inside_window: false
            closing_guard: {{plan.Guard.TotalSeconds:0}} s
            recording: Allowed
            sources:
              - { rule: { en: "Not a rule of any place", zh: 不对应任何地区的规则 }, from: { en: "The harness", zh: 测试程序 }, surety: G }
            reviewed_on: 2026-11-22

            """);
        await File.WriteAllTextAsync(Path.Combine(arena.ConfigFolder, "campaigns", $"{Campaign}.yaml"), $$"""
            preset: {{Campaign}}
            name: { zh-CN: 催付提醒, en: Payment reminder }
            purpose: PaymentReminder
            min_age: 30 min
            max_age: 30 d
            max_data_age: 10 d
            order_by: Oldest
            hold_for: 30 s
            call_script: payment-reminder
            line: twilio

            """);
    }

    /// <summary>A node that starts reads and checks all of the configuration; in a storm nodes start all the time, and nobody reads the other scripts.</summary>
    private static void Slim(string config)
    {
        Directory.Delete(Path.Combine(config, "call-scripts", "formal-en"), recursive: true);
        var scripts = Directory.EnumerateFiles(Path.Combine(config, "call-scripts"), "*.yaml", SearchOption.AllDirectories);
        var unneeded = scripts.Concat(Directory.EnumerateFiles(Path.Combine(config, "campaigns"))).Where(file => Path.GetFileName(file) is var name && !name.StartsWith('_') && name != $"{Campaign}.yaml");
        var wordings = Directory.EnumerateFiles(Path.Combine(config, "wording")).Where(file => !Path.GetFileName(file).StartsWith('_'));
        foreach (var file in unneeded.Concat(wordings).Concat(Directory.EnumerateFiles(Path.Combine(config, "practice", "courses"))).ToList())
            File.Delete(file);
    }

    /// <summary>What the customers' phones do: most answer and hang up soon, some are busy, refuse, or cannot be reached.</summary>
    public static object Script => new
    {
        @default = Phone("Answers", hangsUpAfter: "00:00:00.150"),
        numbers = new Dictionary<string, object>
        {
            ["+1202555*"] = Phone("Answers", hangsUpAfter: null),
            ["*0"] = Phone("Answers", hangsUpAfter: "00:00:00.600"),
            ["*7"] = Phone("Busy", null),
            ["*8"] = Phone("Declines", null),
            ["*9"] = Phone("Fails", null),
        },
    };

    private static object Phone(string manner, string? hangsUpAfter) => new { manner, ringsAfter = "00:00:00.020", answersAfter = "00:00:00.080", hangsUpAfter };
}
