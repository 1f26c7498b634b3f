using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace Callback.Web.Settings;

/// <summary>Makes typed settings of entries. Every fault names key, value, where it was written and what is allowed.</summary>
internal static class SettingsReader
{
    /// <exception cref="RefusalException">A key is unknown or a value is not allowed; all faults at once, one a line.</exception>
    public static CallbackSettings Read(IEnumerable<SettingEntry> entries)
    {
        var settings = new CallbackSettings();
        var written = new Dictionary<string, SettingEntry>(StringComparer.OrdinalIgnoreCase);
        List<string> faults = [];
        foreach (var entry in entries)
        {
            written[entry.Key] = entry;
            if (Put(settings, entry) is { } fault)
                faults.Add(fault);
        }
        faults.AddRange(NotAllowed(settings, "", written));
        return faults.Count == 0 ? settings : throw new RefusalException(string.Join(Environment.NewLine, faults.Distinct()));
    }

    private static string? Put(object settings, SettingEntry entry)
    {
        var target = settings;
        var names = entry.Key.Split('.');
        for (var depth = 0; depth < names.Length; depth++)
        {
            var known = Known(target.GetType());
            var property = known.FirstOrDefault(candidate => candidate.Name.Equals(names[depth], StringComparison.OrdinalIgnoreCase));
            var last = depth == names.Length - 1;
            if (property is null || last == IsSection(property))
                return Unknown(entry, names, depth, known, property);
            if (!last)
                target = property.GetValue(target)!;
            else if (!TryConvert(entry.Value, property.PropertyType, out var value))
                return $"{Line(entry)}: {Form(property.PropertyType)} is needed.";
            else
                property.SetValue(target, value);
        }
        return null;
    }

    private static string Unknown(SettingEntry entry, string[] names, int depth, IReadOnlyList<PropertyInfo> known, PropertyInfo? property)
    {
        // It may be a secret under a misspelt name.
        if (known.Any(IsSecret))
            entry = Hidden(entry);
        if (property is not null)
            return $"{Line(entry)}: {(IsSection(property) ? "a section of settings, not a value" : "a value, not a section")}.";
        var above = string.Concat(names[..depth].Select(name => name + "."));
        var here = known.Select(candidate => above + Spelt(candidate)).ToList();
        var meant = Nearest.Of(above + names[depth], here);
        return $"{Line(entry)}: unknown setting. " + (meant is null ? $"Known here: {string.Join(", ", here)}." : $"Did you mean '{string.Join('.', [meant, .. names[(depth + 1)..]])}'?");
    }

    private static IEnumerable<string> NotAllowed(object section, string above, Dictionary<string, SettingEntry> written)
    {
        var known = Known(section.GetType());
        var together = section is IValidatableObject judged ? judged.Validate(new(section)).ToList() : [];
        foreach (var property in known)
        {
            var key = above + Spelt(property);
            var value = property.GetValue(section);
            if (IsSection(property))
            {
                foreach (var fault in NotAllowed(value!, key + ".", written))
                    yield return fault;
                continue;
            }
            var entry = written.GetValueOrDefault(key) ?? new SettingEntry(key, value?.ToString() ?? "", "default");
            if (IsSecret(property))
                entry = Hidden(entry);
            foreach (var attribute in property.GetCustomAttributes<ValidationAttribute>().Where(attribute => !attribute.IsValid(value)))
                yield return $"{Line(entry)}: {Allowed(attribute, key)}";
            foreach (var result in together.Where(result => result.MemberNames.Contains(property.Name)))
                yield return $"{Line(entry)}: {result.ErrorMessage}";
        }
    }

    private static string Allowed(ValidationAttribute attribute, string key) => attribute switch
    {
        RangeAttribute range => $"allowed is {range.Minimum} to {range.Maximum}.",
        AllowedValuesAttribute values => $"allowed is {string.Join(" or ", values.Values)}.",
        RequiredAttribute => "a value is needed.",
        _ => attribute.FormatErrorMessage(key),
    };

    private static bool TryConvert(string text, Type type, out object? value)
    {
        value = null;
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        try
        {
            value = plain == typeof(IReadOnlyList<string>)
                ? text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                : TypeDescriptor.GetConverter(plain).ConvertFrom(null, CultureInfo.InvariantCulture, text.Trim());
            return true;
        }
        catch (Exception e) when (e is FormatException or ArgumentException or NotSupportedException or OverflowException)
        {
            return false;
        }
    }

    private static string Form(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        { IsEnum: true } plain => string.Join(" or ", Enum.GetNames(plain)),
        var plain when plain == typeof(bool) => "true or false",
        var plain when plain == typeof(TimeSpan) => "a duration such as 00:05:00 (five minutes)",
        var plain when plain == typeof(int) || plain == typeof(long) => "a whole number",
        var plain => $"a {plain.Name.ToLowerInvariant()}",
    };

    private static string Line(SettingEntry entry) => $"{entry.Key} = '{entry.Value}' ({entry.Origin})";

    private static SettingEntry Hidden(SettingEntry entry) => entry.Value.Length == 0 ? entry : entry with { Value = "…" };

    private static bool IsSecret(PropertyInfo property) => property.IsDefined(typeof(SecretAttribute));

    private static string Spelt(PropertyInfo property) => char.ToLowerInvariant(property.Name[0]) + property.Name[1..];

    private static bool IsSection(PropertyInfo property) => property.PropertyType.IsClass && property.PropertyType.Name.EndsWith("Options", StringComparison.Ordinal);

    private static List<PropertyInfo> Known(Type type) => [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite)];
}
