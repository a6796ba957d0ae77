/* list_options.c - `dcalloc options`: every option with its type, bounds and default. */
#include "cli.h"

static int print_json(void)
{
    cli_json json = {0};
    json_open(&json, NULL, '{');
    json_open(&json, "options", '[');
    for (dca_index k = 0; k < dca_options_count(); k++) {
        dca_option_info info = {.struct_size = sizeof info};
        if (dca_options_describe(k, &info) != DCA_OK) {
            continue;
        }
        json_open(&json, NULL, '{');
        json_string(&json, "name", info.name);
        json_string(&json, "type", info.type);
        json_string(&json, "unit", info.unit);
        json_string(&json, "default", info.initial);
        json_string(&json, "lower", info.lower);
        json_string(&json, "upper", info.upper);
        json_string(&json, "sentence", info.sentence);
        json_close(&json, '}');
    }
    json_close(&json, ']');
    json_close(&json, '}');
    const int printed = json_print(&json);
    text_free(&json.text);
    return printed;
}

int command_options(cli_run *run)
{
    if (run->args->json) {
        return print_json();
    }
    const cli_style style = style_of(stdout);
    for (dca_index k = 0; k < dca_options_count(); k++) {
        dca_option_info info = {.struct_size = sizeof info};
        if (dca_options_describe(k, &info) != DCA_OK) {
            continue;
        }
        printf("%s%s%s = %s", style_on(&style, BOLD), info.name, style_on(&style, PLAIN),
               info.initial);
        if (info.unit[0] != '\0') {
            printf(" %s", info.unit);
        }
        printf("   %s", info.type);
        if (info.lower[0] != '\0') {
            printf(", %s to %s", info.lower, info.upper);
        }
        printf("\n    %s\n", info.sentence);
    }
    return EXIT_OPTIMAL;
}
